"""A query that is nothing but the name of a people leads to that people: every name, displayed and deprecated, in four spellings."""

import csv
import unicodedata
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings

from search.analysis import keys_of
from search.quality.evaluation import shipped_names
from search.understanding import mode_of

NAMES = shipped_names()
FORMS: dict[str, Callable[[str], str]] = {
    "as written": str,
    "without marks": lambda text: " ".join(word.fold for word in keys_of(text)),
    "without spaces": lambda text: text.replace(" ", "").replace("-", ""),
    "without marks and spaces": lambda text: "".join(word.typed_fold for word in keys_of(text)),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "after the word for a people": lambda text: f"người {text}",
    "after the words for an ethnic group": lambda text: f"dan toc {text}",
}


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (settings.COLLECTIONS_DIR / "vocabularies" / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


EVERY_NAME = {(row["name_vi"], row["code"]) for row in _rows("ethnic_groups.csv")} | {
    (row["variant"], row["group_code"]) for row in _rows("ethnic_group_name_variants.csv")
}


def owners(text: str) -> list[str]:
    words = keys_of(text)
    return [owner.group for owner in NAMES.owners_named(words, mode_of(words))]


@pytest.mark.parametrize("form", FORMS)
def test_every_name_of_every_people_leads_to_it(form: str) -> None:
    assert len(EVERY_NAME) > 500
    assert sorted(name for name, code in EVERY_NAME if code not in owners(FORMS[form](name))) == []


@pytest.mark.parametrize("form", FORMS)
def test_an_official_name_leads_to_its_own_people_first(form: str) -> None:
    official = {row["code"]: row["name_vi"] for row in _rows("ethnic_groups.csv")}
    assert {code: owners(FORMS[form](name))[0] for code, name in official.items()} == {code: code for code in official}


@pytest.mark.parametrize(
    ("typed", "code"),
    [("mong", "08"), ("nguoi meo", "08"), ("meo", "08"), ("dan toc tay", "02"), ("cham", "17"), ("rhade", "12"), ("Hmong people", "08")],
)
def test_what_villagers_type_leads_to_the_people(typed: str, code: str) -> None:
    assert owners(typed)[0] == code


@pytest.mark.parametrize("typed", ["con mèo", "tàu hỏa", "người Hẻ", "lễ hội của người Mông", "người", ""])
def test_what_is_no_name_leads_nowhere(typed: str) -> None:
    assert owners(typed) == []
