"""Pages that have no words of their own: scans in a TIFF or a PDF, and a machine that reads them."""

import re
from collections.abc import Callable
from dataclasses import replace
from difflib import SequenceMatcher

import pytest
from PIL import features

from media_pipeline import actions
from media_pipeline.available_renditions import picture_of
from media_pipeline.jobs import plan
from media_pipeline.models import Asset, MediaJob, TextTrack
from media_pipeline.processes import tesseract
from media_pipeline.stages import STAGES
from media_pipeline.stages.ocr import recognise_pages
from media_pipeline.tracks import editing
from tests.media_pipeline.scans import *  # noqa: F403
from tests.media_pipeline.scans import PAGES, ask, book, require_model

pytestmark = pytest.mark.django_db(transaction=True)

Take, WorkOff = Callable[..., Asset], Callable[[], int]


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
    assert picture_of(asset)
    assert not asset.tracks.exists()


def test_a_tiff_of_one_page_is_a_picture(take: Take, work_off: WorkOff) -> None:
    asset = take(book("TIFF", PAGES[:1]), "tranh.tif")
    work_off()
    asset.refresh_from_db()
    assert (asset.kind, asset.pages, asset.state) == ("image", None, "ready")


@pytest.mark.usefixtures("vietnamese")
@pytest.mark.parametrize("kind", ["PDF", "TIFF"])
def test_scanned_pages_are_recognised_when_staff_ask(take: Take, work_off: WorkOff, kind: str) -> None:
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
def test_pages_with_a_text_layer_are_not_recognised(take: Take, work_off: WorkOff, monkeypatch: pytest.MonkeyPatch) -> None:
    recipe = next(each for each in plan.recipes_for("document", "pdf", 0) if each.name == "letters")
    asset = take(book("PDF"), "sách.pdf")
    work_off()
    monkeypatch.setitem(recipe.parameters, "fewest_characters", 0)
    ask(asset)
    work_off()
    assert not asset.tracks.exists()
    assert asset.jobs.get(kind="letters").state == "done"


@pytest.mark.usefixtures("vietnamese")
def test_text_that_a_person_corrected_is_not_overwritten(take: Take, work_off: WorkOff) -> None:
    asset = take(book("PDF"), "sách.pdf")
    work_off()
    ask(asset)
    work_off()
    track = asset.tracks.get(role=TextTrack.Role.OCR)
    editing.rewrite_page(track, 2, "Tiếng khèn gọi bạn tình")
    actions.run_again(asset, only_failed=False)
    work_off()
    assert words(asset)[2] == "Tiếng khèn gọi bạn tình"
    assert asset.tracks.get(role=TextTrack.Role.OCR).source == "human"


@pytest.mark.usefixtures("vietnamese")
def test_text_that_a_person_only_reviewed_is_not_overwritten(take: Take, work_off: WorkOff) -> None:
    asset = take(book("PDF"), "sách.pdf")
    work_off()
    ask(asset)
    work_off()
    asset.tracks.update(reviewed=True)
    asset.tracks.get().segments.filter(page=2).update(text="Đã soát")
    actions.run_again(asset, only_failed=False)
    work_off()
    assert words(asset)[2] == "Đã soát"


@pytest.mark.usefixtures("vietnamese")
def test_recognising_again_gives_the_same_text(take: Take, work_off: WorkOff) -> None:
    asset = take(book("TIFF"), "sách.tif")
    work_off()
    ask(asset)
    work_off()
    before = words(asset)
    actions.run_again(asset, only_failed=False)
    work_off()
    assert words(asset) == before


@pytest.mark.parametrize(
    ("language", "tag", "font", "text"),
    [
        ("khm", "km", "NotoSansKhmer-Regular.ttf", "ភាសាខ្មែរ"),
        ("lao", "lo", "NotoSansLao-Regular.ttf", "ພາສາລາວ"),
    ],
)
def test_other_scripts_are_recognised_by_their_own_models(
    take: Take, work_off: WorkOff, language: str, tag: str, font: str, text: str
) -> None:
    require_model(language)
    if not features.check("raqm"):
        pytest.skip("Pillow cannot shape this script here: no page could be drawn, nothing was tested")
    asset = take(book("TIFF", [text, text], font), "sách.tif")
    work_off()
    ask(asset, language)
    work_off()
    assert asset.tracks.get(role=TextTrack.Role.OCR).language == tag
    assert SequenceMatcher(None, words(asset)[1].replace(" ", ""), text).ratio() >= 0.8, words(asset)[1]


def test_progress_is_reported_after_every_page(take: Take, work_off: WorkOff, monkeypatch: pytest.MonkeyPatch) -> None:
    reports: list[float] = []
    monkeypatch.setattr(tesseract, "require", lambda _language, _folder: None)
    monkeypatch.setattr(tesseract, "version", lambda _folder: "5")
    monkeypatch.setattr(tesseract, "read", lambda *_args, **_kwargs: "Chữ")
    monkeypatch.setitem(STAGES, "ocr", lambda work: recognise_pages(replace(work, report=lambda part: reports.append(round(part, 2)))))
    asset = take(book("TIFF", PAGES * 3), "sách.tif")
    work_off()
    ask(asset)
    work_off()
    assert reports == [0.17, 0.33, 0.5, 0.67, 0.83, 1.0]


def test_without_the_tool_the_work_waits(take: Take, work_off: WorkOff, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract.shutil, "which", lambda _name: None)
    assert waiting_for(take, work_off) == "no_tesseract"


def test_without_its_model_the_work_waits(take: Take, work_off: WorkOff, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "languages", lambda _folder: {"eng"})
    assert waiting_for(take, work_off) == "no_tesseract_language"


def waiting_for(take: Take, work_off: WorkOff) -> str:
    """What the reading of a new book waits for; the book is shown meanwhile."""
    asset = take(book("PDF"), "sách.pdf")
    work_off()
    ask(asset)
    work_off()
    job = asset.jobs.get(kind="letters")
    assert (job.state, job.attempts) == (MediaJob.State.WAITING, 0)
    asset.refresh_from_db()
    assert asset.state == "ready", "reading is no condition for being shown"
    return job.error_code
