"""Pages that have no words of their own: scans in a TIFF or a PDF, and a machine that reads them."""

import io
import re
import shutil
import subprocess
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont

from media_pipeline import plan, transcripts, verbs
from media_pipeline.models import Asset, MediaJob, TextTrack

pytestmark = pytest.mark.django_db(transaction=True)

Take, WorkOff = Callable[..., Asset], Callable[[], int]
FONT = "DejaVuSans.ttf"
PAGES = ["Lễ hội Gầu Tào của người Mông\nmở vào đầu tháng Giêng", "Tiếng khèn gọi bạn\nvang qua sườn núi"]


def scan(text: str) -> Image.Image:
    """A page as a scanner gives it: black words on white, 150 dots an inch."""
    try:
        font = ImageFont.truetype(FONT, 40)
    except OSError:
        pytest.skip(f"{FONT} is not on this machine: no page could be drawn, nothing was tested here")
    page = Image.new("L", (1240, 600), "white")
    ImageDraw.Draw(page).multiline_text((80, 80), text, fill="black", font=font, spacing=24)
    return page


def book(kind: str, pages: list[str] = PAGES) -> bytes:
    """Scanned pages as one PDF or TIFF."""
    first, *others = (scan(text) for text in pages)
    buffer = io.BytesIO()
    first.save(buffer, kind, save_all=True, append_images=others, resolution=150)
    return buffer.getvalue()


@pytest.fixture
def vietnamese() -> None:
    """Tesseract with its Vietnamese model."""
    program = shutil.which("tesseract")
    if not program or "vie" not in subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=True).stdout:
        pytest.skip("tesseract with its Vietnamese model is not on this machine; nothing was tested here")


def ask(asset: Asset, language: str = "vie") -> None:
    """What the desk does when a person chooses the language."""
    asset.refresh_from_db()
    asset.ocr_language = language
    asset.save(update_fields=["ocr_language"])
    plan.enqueue(asset)
    plan.refresh(asset)


def words(asset: Asset) -> dict[int | None, str]:
    track = asset.tracks.get(role=TextTrack.Role.OCR)
    return {each.page: each.text for each in track.segments.all()}


def share_of_words(read: str, written: str) -> float:
    wanted = re.findall(r"\w+", written)
    return sum(word in re.findall(r"\w+", read) for word in wanted) / len(wanted)


def test_a_tiff_of_several_pages_is_a_book(take: Take, work_off: WorkOff) -> None:
    asset = take(book("TIFF"), "sách.tif")
    work_off()
    asset.refresh_from_db()
    assert (asset.kind, asset.pages, asset.state) == ("document", 2, "ready")
    assert {each.name.rsplit("-", 1)[0] for each in asset.current} == {"page-1-800", "page-2-800"}
    assert asset.picture()
    assert not asset.tracks.exists()


def test_a_tiff_of_one_page_is_a_picture(take: Take, work_off: WorkOff) -> None:
    asset = take(book("TIFF", PAGES[:1]), "tranh.tif")
    work_off()
    asset.refresh_from_db()
    assert (asset.kind, asset.pages, asset.state) == ("image", None, "ready")


@pytest.mark.usefixtures("vietnamese")
@pytest.mark.parametrize("kind", ["PDF", "TIFF"])
def test_a_machine_reads_scanned_pages_when_asked(take: Take, work_off: WorkOff, kind: str) -> None:
    asset = take(book(kind), f"sách.{kind.lower()}")
    work_off()
    assert not asset.jobs.filter(kind="letters").exists(), "nobody asked yet"
    ask(asset)
    work_off()
    track = asset.tracks.get(role=TextTrack.Role.OCR)
    assert (track.source, track.reviewed, track.language) == ("machine", False, "vi")
    for number, text in enumerate(PAGES, start=1):
        assert share_of_words(words(asset)[number], text) >= 0.8, words(asset)[number]
    asset.refresh_from_db()
    assert asset.state == "ready"


@pytest.mark.usefixtures("vietnamese")
def test_pages_with_words_of_their_own_are_not_read(take: Take, work_off: WorkOff, monkeypatch: pytest.MonkeyPatch) -> None:
    recipe = next(each for each in plan.recipes_for("document", "pdf", 0) if each.name == "letters")
    asset = take(book("PDF"), "sách.pdf")
    work_off()
    monkeypatch.setitem(recipe.parameters, "fewest_characters", 0)
    ask(asset)
    work_off()
    assert not asset.tracks.exists()
    assert asset.jobs.get(kind="letters").state == "done"


@pytest.mark.usefixtures("vietnamese")
def test_what_a_person_corrected_is_not_read_over(take: Take, work_off: WorkOff) -> None:
    asset = take(book("PDF"), "sách.pdf")
    work_off()
    ask(asset)
    work_off()
    track = asset.tracks.get(role=TextTrack.Role.OCR)
    transcripts.rewrite_page(track, 2, "Tiếng khèn gọi bạn tình")
    verbs.run_again(asset, only_failed=False)
    work_off()
    assert words(asset)[2] == "Tiếng khèn gọi bạn tình"
    assert asset.tracks.get(role=TextTrack.Role.OCR).source == "human"


@pytest.mark.usefixtures("vietnamese")
def test_reading_again_gives_the_same(take: Take, work_off: WorkOff) -> None:
    asset = take(book("TIFF"), "sách.tif")
    work_off()
    ask(asset)
    work_off()
    before = words(asset)
    verbs.run_again(asset, only_failed=False)
    work_off()
    assert words(asset) == before


@pytest.mark.parametrize(("language", "code"), [("vie", "no_tesseract"), ("lao", "no_tesseract_language")])
def test_without_the_tool_or_its_model_the_work_waits(
    take: Take, work_off: WorkOff, monkeypatch: pytest.MonkeyPatch, language: str, code: str
) -> None:
    asset = take(book("PDF"), "sách.pdf")
    work_off()
    ask(asset, language)
    known: Any = {"no_tesseract": lambda _name: None}.get(code)
    if known:
        monkeypatch.setattr("media_pipeline.tesseract.shutil.which", known)
    elif not shutil.which("tesseract"):
        pytest.skip("tesseract is not on this machine; nothing was tested here")
    work_off()
    job = asset.jobs.get(kind="letters")
    assert (job.state, job.error_code, job.attempts) == (MediaJob.State.WAITING, code, 0)
    asset.refresh_from_db()
    assert asset.state == "ready", "reading is no condition for being shown"
