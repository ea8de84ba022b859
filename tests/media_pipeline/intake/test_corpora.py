"""Every file of the robustness corpora through ``try_media``: what its manifest says, in time, in memory, without a canary.

Where the manifest allows several outcomes, the one that this project chose stands here.
"""

import csv
import hashlib
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow
PROJECT = Path(__file__).resolve().parent.parent.parent.parent
SECONDS, MEGABYTES = 60, 2048
CANARIES = ("CANARY-XSS", "CANARY-OWNER", "CANARY-SERIAL-123", "CANARY-COMMENT", "CANARY-TEXT", "22.817")

#: file → outcome and code. Whatever is not here belongs to a kind below.
CHOSEN: dict[str, tuple[str, str]] = {
    "bomb_50000x50000_1bit.png": ("refused", "too_many_pixels"),
    "bomb_header_60000x60000_tiny.png": ("refused", "too_many_pixels"),
    "gif_4000x4000_400_frames.gif": ("refused", "too_many_pixels"),
    "html_named.jpg": ("refused", "markup"),
    "png_ztxt_60mb.png": ("damaged", "damaged"),
    "polyglot_gif_js.gif": ("damaged", "cut_short"),
    "polyglot_pdf_html.pdf": ("damaged", "damaged"),
    "svg_billion_laughs.svg": ("refused", "vector"),
    "svg_onload.svg": ("refused", "vector"),
    "svg_script.svg": ("refused", "vector"),
    "svg_ssrf_image.svg": ("refused", "vector"),
    "svg_xxe.svg": ("refused", "vector"),
    "svgz_bomb_100mb.svgz": ("refused", "archive"),
    "tiff_ifd_loop.tif": ("damaged", "damaged"),
    "truncated_half.jpg": ("damaged", "cut_short"),
    "zero_byte.jpg": ("refused", "empty"),
    "zero_byte.mp4": ("refused", "empty"),
    "dash_local.mp4": ("refused", "playlist"),
    "ffconcat_relative.mkv": ("refused", "playlist"),
    "hls_concat_exfil.avi": ("refused", "playlist"),
    "hls_file_url.mp4": ("refused", "playlist"),
    "hls_subfile.mp4": ("refused", "playlist"),
    "sdp_rtp.mp4": ("refused", "playlist"),
    "text_as_tty.ans": ("refused", "unknown_type"),
    "v_deep_boxes.mp4": ("damaged", "damaged"),
    "v_moov_missing.mp4": ("damaged", "no_index"),
    "v_solid_8192x8192.mp4": ("refused", "too_large_frame"),
    "v_truncated_mdat.mp4": ("damaged", "no_index"),
    "a_id3_size_256mb.mp3": ("damaged", "damaged"),
    "a_wav_channels_65535.wav": ("damaged", "damaged"),
    "a_wav_rate_zero.wav": ("damaged", "damaged"),
    "exe_named.mp3": ("refused", "program"),
    "pdf_page_tree_loop.pdf": ("damaged", "damaged"),
    "t_bad_times.srt": ("refused", "bad_track"),
    "t_cp1258.srt": ("refused", "bad_track"),
}
#: Kinds that are no media: archives and sheets are for the import; the lists of test cases are text or refused.
BY_KIND = {
    "archive": ({"refused"}, {"archive"}),
    "sheet": ({"refused"}, {"archive", "sheet", "markup", "not_text", "unknown_type"}),
}
LISTS = {"names_hostile.txt", "queries_search.txt", "requests_iiif.txt", "requests_oai.txt"}


def expected(row: dict[str, str]) -> tuple[set[str], set[str] | None]:
    """Allowed outcomes, and codes where they matter."""
    if row["file"] in CHOSEN:
        outcome, code = CHOSEN[row["file"]]
        return {outcome}, {code}
    if row["file"] in LISTS:
        return {"ready", "refused"}, None
    return BY_KIND.get(row["kind"], ({"ready"}, None))


@pytest.fixture(scope="module")
def rows(corpora: Path) -> list[dict[str, str]]:
    """The manifest, after every file has been compared with it."""
    with (corpora / "manifest.csv").open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))
    for row in listed:
        assert hashlib.sha256((corpora / row["file"]).read_bytes()).hexdigest() == row["sha256"], row["file"]
    return listed


@pytest.fixture(scope="module")
def canary() -> Iterator[list[bytes]]:
    """Listens where hostile files call home; whoever asks for the canary, or says nothing, is noted.

    Other tests of this project use the same port as the one where nobody listens; their requests are their own.
    """
    calls: list[bytes] = []
    try:
        server = socket.create_server(("127.0.0.1", 9))
    except OSError as error:
        pytest.skip(f"port 9 cannot be watched: {error}; nothing was tested here")

    def listen() -> None:
        while True:
            try:
                connection, _address = server.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(2)
                with suppress(OSError):
                    data = connection.recv(500)
                    if not data or b"canary" in data:
                        calls.append(data)

    threading.Thread(target=listen, daemon=True).start()
    yield calls
    server.close()


@pytest.fixture(scope="module")
def report(rows: list[dict[str, str]], corpora: Path, canary: list[bytes]) -> dict[str, dict[str, Any]]:
    """What ``try_media --json`` says about each file, in one run over all of them."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "library.settings.test", "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-m", "django", "try_media", "--json", *(str(corpora / row["file"]) for row in rows)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=1500)
    assert done.returncode == 0, done.stderr[-3000:]
    for secret in (*CANARIES, Path("/etc/hostname").read_text().strip()):
        assert secret not in done.stdout
    return {each["file"]: each for each in map(json.loads, done.stdout.splitlines())}


def test_every_file_is_handled_as_its_manifest_says(rows: list[dict[str, str]], report: dict[str, dict[str, Any]]) -> None:
    wrong = []
    for row in rows:
        line = report[row["file"]]
        outcomes, codes = expected(row)
        if line["outcome"] not in outcomes or (codes is not None and line["code"] not in codes):
            wrong.append((row["file"], line["outcome"], line["code"], row["expected"]))
    assert not wrong
    assert len(report) == len(rows) == 98


def test_every_file_says_what_is_wrong_with_it_and_has_copies_when_nothing_is(report: dict[str, dict[str, Any]]) -> None:
    for line in report.values():
        assert set(line) == {"file", "outcome", "code", "message", "kind", "derivatives", "seconds", "peak_rss_mb"}
        if line["outcome"] == "ready":
            assert line["derivatives"] or line["kind"] == "document", line
        else:
            assert line["message"], line
            assert not line["derivatives"], line


def test_no_file_takes_more_than_its_time_and_memory(report: dict[str, dict[str, Any]]) -> None:
    assert max(line["seconds"] for line in report.values()) <= SECONDS
    assert max(line["peak_rss_mb"] for line in report.values()) <= MEGABYTES


def test_no_file_reached_the_network(report: dict[str, dict[str, Any]], canary: list[bytes]) -> None:
    assert canary == []
    with socket.create_connection(("127.0.0.1", 9)) as caller:
        caller.sendall(b"GET /canary HTTP/1.1\r\n\r\n")
        caller.recv(1)
    assert len(canary) == 1, "the trap itself must work"
