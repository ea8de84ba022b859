"""With an error in a file nothing is loaded, and the message names the cell."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from library.accounts.models import Office
from library.vocabularies.load import load_authorities
from library.vocabularies.loading.rows import BrokenFileError
from library.vocabularies.models import Source, Vocabulary

pytestmark = pytest.mark.django_db
Rewrite = Callable[[str, str, str], None]


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "field"),
    [
        ("ethnic_groups.csv", "1845492", "1.845.492", 3, "population_2019"),
        ("ethnic_groups.csv", "tyz;tys;pdi", "tyz;xxx", 3, "iso639_3"),
        ("ethnic_groups.csv", "01,Kinh,Kinh", "01,,Kinh", 2, "name_vi"),
        ("ethnic_group_name_variants.csv", "02,Tay,english,yes", "02,Tay,english,maybe", 4, "display"),
        ("ethnic_group_name_variants.csv", "02,Tay,english,yes", "02,Tay,englisch,yes", 4, "kind"),
        ("provinces_2025.csv", "22.743", "22,743", 3, ""),
        ("communes_2025.csv", "00008,Phường Ngọc Hà,,phường,01", "00008,Phường Ngọc Hà,,phường,03", 3, "province_code"),
        ("communes_2025.csv", "00008,", "00004,", 3, "level, code, valid_from"),
        ("commune_changes_2025.csv", "whole", "all", 2, "how"),
        ("ethnic_group_codes.csv", "1979-03-02", "2/3/1979", 2, "valid_from"),
        ("sources.csv", "FHIR-VN", "OWN", 2, "code"),
        ("record_types.csv", "label_en", "english", 2, "label_en"),
    ],
)
def test_a_broken_row_names_file_line_and_field_and_nothing_is_loaded(
    folder: Path, rewrite: Rewrite, file: str, old: str, new: str, line: int, field: str
) -> None:
    rewrite(file, old, new)
    with pytest.raises(BrokenFileError) as broken:
        load_authorities(folder)
    error = broken.value.errors[0]
    assert (error.file, error.line, error.field) == (file, line, field)
    assert not Source.objects.exists()
    assert not Vocabulary.objects.exists()
    assert not Office.objects.exists()


def test_the_small_copy_itself_loads(folder: Path) -> None:
    assert load_authorities(folder).created.total() > 1_000


def test_every_broken_row_of_a_file_is_named_at_once(folder: Path, rewrite: Rewrite) -> None:
    rewrite("sources.csv", "DN-STAT,", ",")
    rewrite("sources.csv", "LAHA,", ",")
    with pytest.raises(BrokenFileError) as broken:
        load_authorities(folder)
    assert len(broken.value.errors) == 2


def test_a_file_in_an_old_encoding_is_refused_with_its_line(folder: Path) -> None:
    path = folder / "sources.csv"
    path.write_bytes(path.read_bytes() + "X,Tên,,\r\n".encode("cp1258"))
    with pytest.raises(BrokenFileError, match="UTF-8"):
        load_authorities(folder)


def test_decomposed_marks_are_refused(folder: Path, rewrite: Rewrite) -> None:
    rewrite("sources.csv", "Lễ hội", "Le\u0302\u0303 hội")
    with pytest.raises(BrokenFileError, match="NFC"):
        load_authorities(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "scripts.csv").unlink()
    with pytest.raises(BrokenFileError, match=r"scripts\.csv"):
        load_authorities(folder)


def test_the_command_says_in_words_why_nothing_was_loaded(folder: Path, rewrite: Rewrite) -> None:
    rewrite("sources.csv", "DN-STAT,", ",")
    with pytest.raises(CommandError, match=r"sources\.csv, dòng 3, cột code"):
        call_command("load_authorities", folder=folder)
