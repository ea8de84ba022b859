"""The made files are small, say what they are, and are linked once to the records they belong to."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from django.conf import settings
from django.db import transaction

from library.records.models import Record, RecordMedia
from library.records.starter.load import load_starter
from library.records.starter.making.maps import draw_map
from library.vocabularies.loading.rows import BrokenFileError
from library.vocabularies.loading.sync import Report
from media_pipeline.models import Asset, TextTrack

MEDIA = Path(settings.COLLECTIONS_DIR) / "starter" / "media"
WORDS = ("captions", "subtitles_en", "chapters")
TWELVE_MB = 12_000_000


def manifest() -> list[dict[str, str]]:
    with (MEDIA / "manifest.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_all_files_together_are_at_most_twelve_megabytes() -> None:
    assert sum(path.stat().st_size for path in MEDIA.iterdir()) <= TWELVE_MB


def test_every_file_is_in_the_manifest_and_every_line_has_its_file() -> None:
    named = {line[column] for line in manifest() for column in ("file", *WORDS) if line[column]}
    assert named == {path.name for path in MEDIA.iterdir()} - {"manifest.csv"}


def test_every_file_says_that_a_machine_made_it() -> None:
    assert all("máy" in line["made_note"] for line in manifest())
    assert all(line["alt_vi"] for line in manifest() if line["file"].endswith((".png", ".mp4")))


def test_every_kind_of_player_is_seen_at_work_and_no_map_stands_for_a_picture() -> None:
    assert {Path(line["file"]).suffix for line in manifest()} == {".flac", ".mp4", ".pdf"}


def test_lists_have_a_text_layer_with_vietnamese_letters() -> None:
    document = pypdfium2.PdfDocument(MEDIA / "danh-sach-54-dan-toc.pdf")
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert all(name in text for name in ("Ê Đê", "Xơ Đăng", "Pà Thẻn", "Rơ Măm"))


def test_sound_and_film_have_their_words() -> None:
    files = [line[column] for line in manifest() for column in WORDS if line[column]]
    assert all((MEDIA / file).read_text("utf-8").startswith("WEBVTT") for file in files)
    assert next(line for line in manifest() if line["file"].endswith(".mp4")).keys() >= set(WORDS)
    assert {Path(line["file"]).suffix for line in manifest() if line["captions"]} == {".flac", ".mp4"}


def test_a_map_darkens_the_provinces_it_is_about() -> None:
    def dark(codes: set[str]) -> int:
        colours = draw_map((800, 900), codes, origin=(20, 20), scale=1.2).getcolors(1_000_000) or []
        return sum(count for count, (red, green, blue) in colours if red < 60 and green < 80 and 90 < blue < 130)

    assert dark({"40", "38"}) > dark({"40"}) > dark(set())


@pytest.fixture(scope="module")
def with_media(starter: Report) -> Iterator[Report]:
    """The starter records with their files, taken in by the pipeline."""
    with transaction.atomic():
        yield load_starter()
        transaction.set_rollback(True)


@pytest.mark.slow
@pytest.mark.django_db
def test_each_file_is_linked_to_its_record_with_its_label(with_media: Report) -> None:
    linked = RecordMedia.objects.values_list("record__source_key", "asset__name_as_given", "made_note")
    assert sorted(linked) == sorted((line["record"], line["file"], line["made_note"]) for line in manifest())


@pytest.mark.slow
@pytest.mark.django_db
def test_the_printed_lists_can_be_taken_away_whole(with_media: Report) -> None:
    assert dict(Asset.objects.values_list("kind", "publish_original")) == {"audio": False, "video": False, "document": True}


@pytest.mark.slow
@pytest.mark.django_db
def test_rites_and_drafts_have_no_made_files(with_media: Report) -> None:
    assert not RecordMedia.objects.exclude(record__access_level="public").exists()
    assert not RecordMedia.objects.exclude(record__live=True).exists()


@pytest.mark.slow
@pytest.mark.django_db
def test_the_words_of_the_machine_voice_are_tracks_marked_as_made_by_a_machine(with_media: Report) -> None:
    tracks = TextTrack.objects.exclude(role=TextTrack.Role.PAGE_TEXT)
    assert tracks.count() == 8
    assert set(tracks.values_list("source", flat=True)) == {"machine"}
    assert all(track.segments.exists() and track.text_bytes for track in tracks)


@pytest.mark.slow
@pytest.mark.django_db
def test_a_file_that_a_person_unlinked_stays_unlinked(with_media: Report) -> None:
    Record.objects.get(source_key="F-001").media.all().delete()
    before = Asset.objects.count()
    load_starter()
    assert not RecordMedia.objects.filter(record__source_key="F-001").exists()
    assert Asset.objects.count() == before


@pytest.mark.django_db
def test_a_manifest_that_names_a_missing_file_is_refused(starter: Report, folder: Path) -> None:
    (folder / "media").mkdir()
    lines = (MEDIA / "manifest.csv").read_text("utf-8").splitlines()[:2]
    (folder / "media" / "manifest.csv").write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")
    with pytest.raises(BrokenFileError) as broken:
        load_starter(folder)
    assert (broken.value.errors[0].file, broken.value.errors[0].line) == ("manifest.csv", 2)
