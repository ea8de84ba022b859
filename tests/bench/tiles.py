"""make bench-tiles: one tile of a 24 MP picture from our tree of links and from a tile server, behind the same nginx.

python -m tests.bench.tiles [--rounds 3]

Needs nginx and iipsrv (Debian: nginx-light, iipimage-server) and pyvips, which writes the pyramids that iipsrv reads; each is named
where it is missing. One connection that stays open; every tile once a round, in the same order for both.
"""

import argparse
import contextlib
import http.client
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from media_pipeline.processes.children import tiles
from tests.bench.search import Times, measure_of
from tests.services.fixtures import free_port
from tests.waiting import wait_until

SIDE, QUALITY = 512, 80
IIPSRV = Path("/usr/lib/iipimage-server/iipsrv.fcgi")
PYRAMIDS = {"JPEG pyramid": {"compression": "jpeg", "Q": 85}, "uncompressed pyramid": {"compression": "none"}}
NGINX = """
worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{}}
http {{
  access_log off; sendfile on;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c; uwsgi_temp_path {folder}/d;
  scgi_temp_path {folder}/e;
  upstream iipsrv {{ server 127.0.0.1:{iipsrv}; keepalive 4; }}
  server {{
    listen 127.0.0.1:{port};
    location /pub/ {{ alias {folder}/pub/; }}
    location = /iipsrv {{ include /etc/nginx/fastcgi_params; fastcgi_pass iipsrv; fastcgi_keep_conn on; }}
  }}
}}
"""


def main() -> None:
    """Make both, ask for every tile of each, print one table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=3)
    rounds = options.parse_args().rounds
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    missing = [name for name, found in (("nginx", nginx), ("iipsrv", IIPSRV.exists()), ("pyvips", _has_pyvips())) if not found]
    if missing or nginx is None:
        sys.exit(f"bench-tiles: not on this machine, nothing was measured: {', '.join(missing)}")
    with tempfile.TemporaryDirectory(prefix="bench-tiles-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        names = _tiles(folder)
        with _servers(folder, nginx) as port:
            paths_by_mode = {"our tree": [f"/pub/{each}" for each in names]}
            paths_by_mode |= {
                f"iipsrv, {kind}": [_asked_of_iipsrv(folder / f"{number}.tif", each) for each in names]
                for number, kind in enumerate(PYRAMIDS)
            }
            times = {mode: _ask(port, paths * rounds) for mode, paths in paths_by_mode.items()}
    print(f"{len(names)} tiles of {SIDE} pixels, {rounds} rounds\n{Times.HEAD}")
    for mode, milliseconds in times.items():
        print(measure_of(mode, milliseconds))


def _has_pyvips() -> bool:
    try:
        import pyvips  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


def _tiles(folder: Path) -> list[str]:
    """Writes the tiles as the tree has them, and the pyramids; returns the tiles' names in the order of asking."""
    import pyvips
    from PIL import Image

    image = Image.effect_noise((1500, 1000), 60).resize((6000, 4000)).convert("RGB")
    image.save(folder / "picture.jpg", quality=85)
    names = []
    for name, tile in tiles.tiles(image, SIDE):
        path = folder / "pub" / name
        path.parent.mkdir(parents=True)
        path.write_bytes(tiles._jpeg(tile, QUALITY))
        names.append(name)
    for number, kind in enumerate(PYRAMIDS.values()):
        picture = pyvips.Image.new_from_file(str(folder / "picture.jpg"))
        picture.tiffsave(str(folder / f"{number}.tif"), tile=True, pyramid=True, tile_width=256, tile_height=256, **kind)
    random.Random(1).shuffle(names)
    return names


def _asked_of_iipsrv(pyramid: Path, name: str) -> str:
    """The same tile as a request of the Image API 2 that iipsrv speaks."""
    region, size = name.split("/")[:2]
    return f"/iipsrv?IIIF={pyramid}/{region}/{size.split(',')[0]},/0/default.jpg"


def _listens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


@contextmanager
def _servers(folder: Path, nginx: str) -> Iterator[int]:
    port, iipsrv = free_port(), free_port()
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port, iipsrv=iipsrv))
    settings = {"LOGFILE": str(folder / "iipsrv.log"), "JPEG_QUALITY": str(QUALITY)}
    here = ["-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "nginx.log")]
    running = [
        subprocess.Popen([str(IIPSRV), "--bind", f"127.0.0.1:{iipsrv}"], env=os.environ | settings),
        subprocess.Popen([nginx, *here, "-g", "daemon off;"]),
    ]
    try:
        wait_until(lambda: all(_listens(each) for each in (port, iipsrv)), 20, what="a server does not listen")
        yield port
    finally:
        for each in running:
            each.terminate()
        for each in running:
            each.wait(20)


def _ask(port: int, paths: list[str]) -> list[float]:
    connection, taken = http.client.HTTPConnection("127.0.0.1", port, timeout=20), []
    for path in paths:
        started = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        taken.append((time.perf_counter() - started) * 1000)
        if answer.status != 200 or not body.startswith(b"\xff\xd8"):
            sys.exit(f"bench-tiles: {answer.status} for {path}")
    return taken


if __name__ == "__main__":
    main()
