"""Records with real files, made by the real pipeline, behind the site of the browser tests; and the media that a page asks for."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from PIL import Image, ImageDraw

from library.records.models import Record, RecordMedia
from library.records.starter.making.documents import PrintedList, write_pdf
from media_pipeline.intake.ingest import ingest
from media_pipeline.jobs.runner import run_one
from media_pipeline.models import Asset
from media_pipeline.processes import ffmpeg
from media_pipeline.processes.sandbox import ProcessLimits, run
from media_pipeline.storage.local import LocalStorage
from media_pipeline.tracks.editing import import_track
from tests.browser.conftest import Site
from tests.factories import make_record

SPOKEN = """WEBVTT

00:00:00.500 --> 00:00:02.000
Mở hội xuống đồng.

00:00:02.500 --> 00:00:04.500
Người Tày tung còn.

00:00:05.000 --> 00:00:07.000
Đường cày đầu tiên.

00:00:07.500 --> 00:00:11.000
Cầu cho mùa màng.
"""
ENGLISH = "WEBVTT\n\n00:00:02.500 --> 00:00:04.500\nThe Tay throw the ball.\n"
CHAPTERS = "WEBVTT\n\n00:00:00.000 --> 00:00:05.000\nSân hội\n\n00:00:05.000 --> 00:00:11.000\nRuộng\n"
FILM = (
    *("-f", "lavfi", "-i", "testsrc2=size=320x240:rate=12:duration=12", "-f", "lavfi", "-i", "sine=frequency=440:duration=12"),
    *("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"),
)
SOUND = ("-f", "lavfi", "-i", "aevalsrc=sin(2*PI*330*t)*abs(sin(t)):duration=12")


@dataclass(frozen=True)
class Records:
    """Addresses of the records with files."""

    film: str
    sound: str
    pictures: str
    document: str


@pytest.fixture(scope="session")
def records(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Records:
    """A film with words in two languages and chapters, a song, two pictures of which one has tiles, a document of two pages."""
    LocalStorage(Path(settings.MEDIA_STORAGE)).prepare()
    folder = tmp_path_factory.mktemp("played")
    film, sound = _with("Phim hội xuống đồng", _clip(folder, "phim.mp4", FILM)), _with("Bài hát thử", _clip(folder, "hat.wav", SOUND))
    pictures = _with("Hai tấm ảnh", _picture(4100, 3000), _picture(640, 480))
    rows = [[str(number), "Hội Lồng Tồng" if number == 60 else "Làng bản"] for number in range(1, 80)]
    write_pdf(PrintedList("Danh sách thử", "Máy in", (("Số", 60.0), ("Tên", 200.0)), rows), folder / "sach.pdf")
    document = _with("Sách thử", ("sach.pdf", (folder / "sach.pdf").read_bytes()))
    while run_one():
        pass
    for record, role in ((film, "captions"), (sound, "transcript")):
        _words(record, SPOKEN, role, "vi")
    _words(film, ENGLISH, "translation", "en")
    _words(film, CHAPTERS, "chapters", "vi")
    records = (film, sound, pictures, document)
    unready = Asset.objects.filter(record_links__record__in=records).exclude(state=Asset.State.READY)
    assert not unready, list(unready.values_list("name_as_given", "jobs__error_text"))
    return Records(*(record.get_absolute_url() for record in records))


@pytest.fixture
def media_of() -> Callable[[Any], list[str]]:
    """media_of(page) → the list of media that the page asks for from now on; a poster and small pictures do not count."""

    def watch(page: Any) -> list[str]:
        addresses: list[str] = []
        page.on(
            "request", lambda request: addresses.append(request.url) if "/tep/" in request.url and "/poster-" not in request.url else None
        )
        return addresses

    return watch


def _with(title: str, *files: tuple[str, bytes]) -> Record:
    record = make_record(title)
    for place, (name, data) in enumerate(files):
        link = {"alt_vi": f"{title}, tệp {place + 1}", "caption_vi": title, "sort_order": place}
        RecordMedia.objects.create(record=record, asset=ingest(io.BytesIO(data), name), **link)
    return record


def _words(record: Record, text: str, role: str, language: str) -> None:
    import_track(record.media.get().asset, text.encode(), role=role, language=language)


def _clip(folder: Path, name: str, arguments: tuple[str, ...]) -> tuple[str, bytes]:
    command = [ffmpeg.binaries()[0], "-hide_banner", "-loglevel", "error", "-y", *arguments, str(folder / name)]
    process = run(command, folder=folder, limits=ProcessLimits())
    assert process.returncode == 0, process.stderr
    return name, (folder / name).read_bytes()


def _picture(width: int, height: int) -> tuple[str, bytes]:
    image = Image.new("RGB", (width, height), "#f0e8d8")
    ImageDraw.Draw(image).rectangle((0, 0, width // 4, height // 4), fill="#9b2c33")
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=80)
    return f"{width}.jpg", buffer.getvalue()
