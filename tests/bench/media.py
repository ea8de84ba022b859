"""make bench-media: what the pipeline costs beside the bare tools, both in one run, in CPU seconds of all children.

python -m tests.bench.media [--runs 3] [--only picture tiff tiles ingest overhead film av1]

Each line is judged by its own floor or peer measured in the same run: trust ratios, not times.
"""

import argparse
import io
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import django

RUNGS = [(144, 150, 32), (240, 300, 48), (360, 700, 96), (480, 1200, 96), (720, 2800, 128), (1080, 5000, 128)]  # MediaCMS's heights
LADDER_SECONDS, JOB_SECONDS = 12, 60


def main() -> None:
    """Measure what was asked for and print one JSON object."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--runs", type=int, default=3)
    asked.add_argument("--only", nargs="*", choices=list(BENCHES), default=list(BENCHES))
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-media-") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "tests.bench.media_settings",
            "LOG_LEVEL": "ERROR",
            "LIBRARY_VAR_DIR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
            "MEDIA_STORAGE": f"{folder}/media",
            "MEDIA_SCRATCH": f"{folder}/scratch",
        }
        django.setup()
        from media_pipeline.intake.dry_run import prepare_scratch_installation

        prepare_scratch_installation()
        report = {name: BENCHES[name](Path(folder), given.runs) for name in given.only}
    sys.stdout.write(json.dumps(report, indent=1) + "\n")


def cpu(work: Callable[[], Any]) -> float:
    """CPU seconds of this process and its ended children while the work runs."""
    before = _used()
    work()
    return _used() - before


def _used() -> float:
    times = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in times) + _used_by_fork_server()


def _used_by_fork_server() -> float:
    """Its own CPU seconds and those of its ended children: it still runs, so they are not counted for this process yet."""
    from media_pipeline.processes import fork_client

    if fork_client._server is None:
        return 0.0
    fields = Path(f"/proc/{fork_client._server.process.pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def compared(runs: int, **works: Callable[[], Any]) -> dict[str, Any]:
    """Median CPU seconds of each work, taken in turn, and each as a multiple of the first."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _run in range(runs):
        for name, work in works.items():
            taken[name].append(cpu(work))
    medians = {name: statistics.median(values) for name, values in taken.items()}
    first = next(iter(medians.values()))
    return {name: {"cpu_s": round(value, 3), "ratio": round(value / first, 3)} for name, value in medians.items()}


def ffmpeg(*arguments: object) -> None:
    """The bare program."""
    from media_pipeline.processes.ffmpeg import binaries

    command = [binaries()[0], "-hide_banner", "-nostdin", "-loglevel", "error", "-y", *map(str, arguments)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)


def source_film(folder: Path, seconds: int) -> Path:
    """So much of 1080p with moving detail and sound, at the rate of a telephone's camera."""
    path = folder / f"source-{seconds}.mp4"
    if not path.exists():
        pictures = f"testsrc2=size=1920x1080:rate=25:duration={seconds},noise=alls=6:allf=t"
        sound = f"sine=frequency=440:duration={seconds}"
        ffmpeg(
            "-f",
            "lavfi",
            "-i",
            pictures,
            "-f",
            "lavfi",
            "-i",
            sound,
            "-c:v",
            "libx264",
            "-preset",
            "veryfast",
            "-crf",
            23,
            "-maxrate",
            "16M",
            "-bufsize",
            "32M",
            "-c:a",
            "aac",
            path,
        )
    return path


def film(folder: Path, runs: int) -> dict[str, Any]:
    """One decode for all rungs. Its pictures against x264 alone; with sound, sprite and poster against the peer's process for each rung.

    Rungs and options are the peer's (x264 medium, CRF 23).
    """
    source = source_film(folder, LADDER_SECONDS)
    raw = {height: folder / f"raw{height}.y4m" for height, _cap, _sound in RUNGS}
    for height, path in raw.items():
        if not path.exists():
            ffmpeg("-i", source, "-an", "-vf", f"scale=-2:{height}:flags=lanczos,format=yuv420p", path)

    def floor() -> None:
        for height, cap, _sound in RUNGS:
            ffmpeg("-i", raw[height], *_encoder(cap), "-f", "null", "-")

    def one_each() -> None:
        for height, cap, sound in RUNGS:
            ffmpeg(
                "-i",
                source,
                "-vf",
                f"scale=-2:{height}:flags=lanczos,format=yuv420p",
                *_encoder(cap),
                *_sound(sound),
                folder / f"p{height}.mp4",
            )
        ffmpeg("-i", source, "-vf", "fps=1/2,scale=160:-2,tile=10x10", "-frames:v", 1, folder / "sprite.jpg")
        ffmpeg("-i", source, "-vf", "thumbnail=50", "-frames:v", 1, folder / "poster.jpg")

    def ladder(*, with_sound: bool) -> None:
        chain, source_of = [], "0:v"
        for height, _cap, _rate in reversed(RUNGS):  # each from the next larger, as the stage does
            pads = f"split[v{height}][s{height}]" if height != RUNGS[0][0] else f"null[v{height}]"
            chain.append(f"[{source_of}]scale=-2:{height}:flags=lanczos,format=yuv420p,{pads}")
            source_of = f"s{height}"
        outputs: list[object] = []
        for height, cap, sound in RUNGS:
            heard = ["-map", "0:a", *_sound(sound)] if with_sound else []
            outputs += ["-map", f"[v{height}]", *heard, *_encoder(cap), folder / f"o{height}.mp4"]
        ffmpeg("-filter_complex_threads", 1, "-i", source, "-filter_complex", ";".join(chain), *outputs)

    def stills() -> None:
        ffmpeg("-i", folder / "o240.mp4", "-vf", "fps=1/2,scale=160:-2,tile=10x10", "-frames:v", 1, folder / "sprite.jpg")
        ffmpeg("-i", folder / "o1080.mp4", "-vf", "thumbnail=50", "-frames:v", 1, folder / "poster.jpg")

    pictures, whole = partial(ladder, with_sound=False), partial(ladder, with_sound=True)
    report = compared(runs, floor=floor, one_process_each=one_each, pictures=pictures, with_sound=whole, stills=stills)
    ours = report["with_sound"]["cpu_s"] + report["stills"]["cpu_s"]
    report["over_peer"] = round(ours / report["one_process_each"]["cpu_s"], 3)
    report["ssim"] = {height: [_ssim(folder / f"{side}{height}.mp4", raw[height]) for side in "po"] for height, _cap, _rate in RUNGS}
    sizes = [sum((folder / f"{side}{height}.mp4").stat().st_size for height, _cap, _rate in RUNGS) for side in "po"]
    report["bytes_ratio"] = round(sizes[1] / sizes[0], 4)
    return report


def av1(folder: Path, runs: int) -> dict[str, Any]:
    """The lighter film against the one that every device reads, 480 lines, at the recipes' options; pictures alone."""
    from media_pipeline.recipes import BY_NAME

    plain, lighter = BY_NAME["video"].parameters, BY_NAME["video-av1"].parameters
    raw = folder / "raw480.y4m"
    if not raw.exists():
        ffmpeg("-i", source_film(folder, LADDER_SECONDS), "-an", "-vf", "scale=-2:480:flags=lanczos,format=yuv420p", raw)

    def h264() -> None:
        ffmpeg("-i", raw, "-c:v", "libx264", "-preset", plain["preset"], "-crf", plain["crf"], folder / "plain.mp4")

    def svt() -> None:
        options = ("-preset", lighter["preset"], "-crf", lighter["crf"], "-g", 100, "-svtav1-params", "lp=1")
        ffmpeg("-i", raw, "-c:v", "libsvtav1", *options, folder / "lighter.mp4")

    report = compared(runs, h264=h264, av1=svt)
    made = [folder / "plain.mp4", folder / "lighter.mp4"]
    report["ssim"] = [_ssim(path, raw) for path in made]
    report["bytes_ratio"] = round(made[1].stat().st_size / made[0].stat().st_size, 3)
    return report


def _encoder(cap: int) -> list[object]:
    rate = ["-maxrate", f"{cap}k", "-bufsize", f"{2 * cap}k"]
    keys = ["-force_key_frames", "expr:gte(t,n_forced*4)", "-sc_threshold", 0]
    return ["-c:v", "libx264", "-preset", "medium", "-crf", 23, *rate, *keys, "-threads", 2]


def _sound(kilobits: int) -> list[object]:
    return ["-c:a", "aac", "-b:a", f"{kilobits}k"]


def _ssim(made: Path, reference: Path) -> float:
    from media_pipeline.processes.ffmpeg import binaries

    command = [binaries()[0], "-nostdin", "-i", str(made), "-i", str(reference), "-lavfi", "ssim", "-f", "null", "-"]
    finished = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return float(finished.rpartition("All:")[2].split()[0])


def overhead(folder: Path, runs: int) -> dict[str, Any]:
    """The whole job (lease, sandbox, hash, probes, rows) on a minute of film against the very ffmpeg commands that it runs."""
    from media_pipeline.intake.ingest import ingest
    from media_pipeline.jobs.runner import run_job

    source, place = source_film(folder, JOB_SECONDS), folder / "bare"

    def whole_job() -> None:
        with source.open("rb") as stream:
            asset = ingest(stream, "phim.mp4")
        run_job(asset.jobs.get().pk)
        assert asset.jobs.get(kind="video").state == "done", asset.jobs.get(kind="video").error_text

    commands = _commands_of(whole_job, place)

    def bare_commands() -> None:
        place.mkdir(exist_ok=True)
        (place / "original").write_bytes(source.read_bytes())
        for command in commands:
            subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL, cwd=place)

    return compared(runs, bare_commands=bare_commands, whole_job=whole_job)


def _commands_of(work: Callable[[], None], place: Path) -> list[list[str]]:
    """The ffmpeg commands that make something, as if for another folder; those that only look at what was made are our own care."""
    from media_pipeline.processes import ffmpeg as pipeline_ffmpeg

    commands: list[list[str]] = []
    real = pipeline_ffmpeg.run

    def noting(command: Any, **options: Any) -> Any:
        if "-progress" in command and "-xerror" not in command and "last.mp4" not in " ".join(command):
            commands.append([part.replace(str(options["folder"]), str(place)) for part in command])
        return real(command, **options)

    pipeline_ffmpeg.run = noting  # type: ignore[assignment]
    try:
        work()
    finally:
        pipeline_ffmpeg.run = real
    return commands


def picture(folder: Path, runs: int) -> dict[str, Any]:
    """A 24 MP JPEG to three JPEG sizes: Wagtail's ``get_renditions``, a Pillow chain with draft, libvips, and our stage in its child."""
    from PIL import Image

    from media_pipeline.processes.sandbox import ProcessLimits, run_python

    path, widths = folder / "24mp.jpg", [400, 800, 1600]
    if not path.exists():
        Image.effect_noise((1500, 1000), 60).resize((6000, 4000)).convert("RGB").save(path, quality=85)
    request = {"path": str(path), "opens_with": "JPEG", "folder": str(folder), "stem": "img", "widths": widths, "qualities": {"jpg": 76}}
    request["by_vips"] = "plain"  # as the stage asks where pyvips is installed

    def chain() -> None:
        with Image.open(path) as opened:
            opened.draft("RGB", (1600, 1067))
            image: Image.Image = opened.convert("RGB")
        for width in sorted(widths, reverse=True):
            image = image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)
            image.save(io.BytesIO(), "JPEG", quality=76, optimize=True, progressive=True)

    def vips() -> None:
        import pyvips

        for width in widths:
            pyvips.Image.thumbnail(str(path), width).jpegsave_buffer(Q=76, optimize_coding=True, interlace=True, keep="none")

    image = wagtail_image(path)

    def get_renditions() -> None:
        image.get_renditions(*(f"width-{width}" for width in widths))
        image.renditions.all().delete()

    def ours() -> None:
        run_python("picture", request, folder=folder, limits=ProcessLimits())

    return compared(runs, get_renditions=get_renditions, pillow_chain=chain, libvips=vips, ours_in_child=ours)


def wagtail_image(path: Path) -> Any:
    """The picture as Wagtail's own library keeps it, with the tables that it needs."""
    from django.core.files.images import ImageFile
    from django.db import connection
    from wagtail.images import get_image_model
    from wagtail.models import Collection
    from wagtail.signal_handlers import disable_reference_index_auto_update

    model = get_image_model()
    if model._meta.db_table not in connection.introspection.table_names():
        with connection.schema_editor() as editor:
            for each in (Collection, model, model.get_rendition_model()):
                editor.create_model(each)
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    with disable_reference_index_auto_update(), path.open("rb") as file:
        return model.objects.create(title=path.name, file=ImageFile(file, name=path.name), collection=root)


def tiff(folder: Path, runs: int) -> dict[str, Any]:
    """A 24 MP TIFF to three JPEG sizes: libvips in a process that has it loaded, and our stage in its child."""
    import pyvips
    from PIL import Image

    from media_pipeline.processes.sandbox import ProcessLimits, run_python

    path, widths = folder / "24mp.tif", [400, 800, 1600]
    if not path.exists():
        Image.effect_noise((1500, 1000), 60).resize((6000, 4000)).convert("RGB").save(path)
    request = {"path": str(path), "opens_with": "TIFF", "folder": str(folder), "stem": "img", "widths": widths, "qualities": {"jpg": 76}}

    def vips() -> None:
        for width in widths:
            pyvips.Image.thumbnail(str(path), width).jpegsave_buffer(Q=76, optimize_coding=True, interlace=True, keep="none")

    def ours() -> None:
        run_python("picture", request | {"by_vips": "plain"}, folder=folder, limits=ProcessLimits())

    def by_pillow() -> None:
        run_python("picture", request, folder=folder, limits=ProcessLimits())

    return compared(runs, libvips=vips, ours_in_child=ours, pillow_in_child=by_pillow)


def tiles(folder: Path, runs: int) -> dict[str, Any]:
    """A 24 MP JPEG to tiles of 512 pixels: libvips' own pyramid, and our stage in its child."""
    import pyvips
    from PIL import Image

    from media_pipeline.processes.sandbox import ProcessLimits, run_python

    path = folder / "24mp.jpg"
    if not path.exists():
        Image.effect_noise((1500, 1000), 60).resize((6000, 4000)).convert("RGB").save(path, quality=85)
    request = {"path": str(path), "opens_with": "JPEG", "folder": str(folder), "side": 512, "quality": 80}

    def vips() -> None:
        with tempfile.TemporaryDirectory(dir=folder) as target:
            source = pyvips.Image.new_from_file(str(path), access="sequential")
            source.dzsave(f"{target}/tiles", layout="iiif3", tile_size=512, overlap=0, suffix=".jpg[Q=80]")

    def ours() -> None:
        run_python("tiles", request, folder=folder, limits=ProcessLimits())

    return compared(runs, libvips=vips, ours_in_child=ours)


def ingest_record(folder: Path, runs: int) -> dict[str, Any]:
    """A 6 MP picture from upload to three WebP widths and rows, against copying, hashing and three WebP alone."""
    import hashlib

    from PIL import Image

    from media_pipeline import recipes
    from media_pipeline.intake.ingest import ingest
    from media_pipeline.jobs.runner import run_job

    path, widths = folder / "6mp.jpg", [400, 800, 1600]
    if not path.exists():
        Image.effect_noise((1000, 667), 50).resize((3000, 2000)).convert("RGB").save(path, quality=85)
    recipes.BY_NAME["image"].parameters.update(widths=widths, qualities={"webp": 80})

    def floor() -> None:
        data = path.read_bytes()
        (folder / "copy.jpg").write_bytes(data)
        hashlib.sha256(data).hexdigest()
        with Image.open(io.BytesIO(data)) as opened:
            opened.draft("RGB", (1600, 1067))
            image: Image.Image = opened.convert("RGB")
        for width in sorted(widths, reverse=True):
            image = image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)
            image.save(io.BytesIO(), "WEBP", quality=80, method=4)

    def ours() -> None:
        with path.open("rb") as stream:
            asset = ingest(stream, "ảnh.jpg")
        run_job(asset.jobs.get().pk)

    return compared(runs, floor=floor, ours=ours)


BENCHES: dict[str, Callable[[Path, int], dict[str, Any]]] = {
    "picture": picture,
    "tiff": tiff,
    "tiles": tiles,
    "ingest": ingest_record,
    "overhead": overhead,
    "film": film,
    "av1": av1,
}

if __name__ == "__main__":
    main()
