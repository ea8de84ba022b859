"""Loading the starter collection announces the records; with an error in a file nothing is loaded."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from library.records.models import Record
from library.records.signals import record_changed
from library.records.starter.load import load_starter
from library.vocabularies.loading.rows import BrokenFileError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("authorities")]
Rewrite = Callable[[str, str, str], None]


@pytest.mark.slow
def test_new_records_are_announced() -> None:
    announced: list[int] = []

    def listen(record_ids: list[int], **kwargs: object) -> None:
        announced.extend(record_ids)

    record_changed.connect(listen)
    try:
        load_starter()
    finally:
        record_changed.disconnect(listen)
    assert set(announced) >= set(Record.objects.values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("file", "old", "new", "field"),
    [
        ("festivals.csv", "F-001,", "F-002,", "id"),
        ("festivals.csv", "hằng năm", "mỗi năm", "frequency"),
        ("heritage_elements.csv", "Lễ hội truyền thống", "Lễ hội", "category"),
        ("heritage_elements.csv", ",46,,", ",47,,", "province_codes_current"),
        ("practices.csv", "UNESCO-13", "UNESCO-99", "listings"),
        ("language_wordlists.csv", ",bird,", ",birdie,", "concept_en"),
        ("costumes_products.csv", "P-001,costume", "P-001,hat", "kind"),
        ("costumes_products.csv", "Áo cóm", "Áo " * 200, "title_vi"),
    ],
)
def test_a_broken_row_names_its_cell_and_nothing_is_loaded(
    folder: Path, rewrite: Rewrite, file: str, old: str, new: str, field: str
) -> None:
    rewrite(file, old, new)
    with pytest.raises(BrokenFileError) as broken:
        load_starter(folder)
    assert (broken.value.errors[0].file, broken.value.errors[0].field) == (file, field)
    assert not Record.objects.exists()


def test_the_command_says_in_words_why_nothing_was_loaded(folder: Path, rewrite: Rewrite) -> None:
    rewrite("festivals.csv", "hằng năm", "mỗi năm")
    with pytest.raises(CommandError, match=r"festivals\.csv, dòng 2, cột frequency"):
        call_command("load_starter", folder=folder)
