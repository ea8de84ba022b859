"""The files of this repository keep to the form that their README promises."""

import csv
import unicodedata
from pathlib import Path

import pytest
from django.conf import settings

COLLECTIONS = Path(settings.COLLECTIONS_DIR)
FILES = sorted(COLLECTIONS.rglob("*.csv"))
NOT_A_SOURCE = "OWN"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_utf8_nfc_with_crlf_and_without_mark(path: Path) -> None:
    raw = path.read_bytes()
    text = raw.decode("utf-8")
    assert not text.startswith("\ufeff")
    assert unicodedata.is_normalized("NFC", text)
    assert raw.count(b"\n") == raw.count(b"\r\n") > 0


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_source_that_a_row_names_is_listed(path: Path) -> None:
    codes = {row["code"] for row in rows(COLLECTIONS / "vocabularies" / "sources.csv")} | {NOT_A_SOURCE, ""}
    named = {source.partition(":")[0].strip() for row in rows(path) for source in row.get("source", "").split(";")}
    assert named <= codes


def test_the_readme_names_every_file() -> None:
    readme = (COLLECTIONS / "README.md").read_text("utf-8")
    assert [path.name for path in FILES if path.name not in readme] == []


def test_the_hurtful_old_name_is_nowhere_but_in_one_title_and_its_own_row() -> None:
    named = [path.name for path in FILES for row in rows(path) if any("Xá Phó" in cell for cell in row.values())]
    assert sorted(named) == ["ethnic_group_name_variants.csv", "ethnic_groups.csv", "heritage_elements.csv"]
