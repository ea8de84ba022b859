"""All 54 names on both engines as they are written and without marks; every third one in the forms that analysis takes away."""

import csv
import unicodedata
from collections.abc import Callable

import pytest
from django.conf import settings

from library.access import ANONYMOUS
from search.access import access_for
from search.analysis import keys_of
from search.engines.base import Engine
from search.quality.evaluation import shipped_names
from search.query.clauses import plan_for
from search.understanding import EmptyLexicon, understand
from tests.search.conftest import document, fill

with (settings.COLLECTIONS_DIR / "vocabularies" / "ethnic_groups.csv").open(encoding="utf-8") as file:
    GROUPS = {int(row["code"]): row["name_vi"] for row in csv.DictReader(file)}
NAMES = shipped_names()


def without_marks(text: str) -> str:
    return " ".join(word.fold for word in keys_of(text))


SAMPLED = ("decomposed", "capitals")
FORMS: dict[str, Callable[[str], str]] = {
    "as written": str,
    "without marks": without_marks,
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "capitals": str.upper,
}


@pytest.fixture(scope="module")
def loaded(shared_engine: Engine) -> Engine:
    """One record for each group, called by its name."""
    fill(shared_engine, *(document(code, f"Người {name} có nhiều lễ hội.", f"Người {name}") for code, name in GROUPS.items()))
    return shared_engine


def first(engine: Engine, text: str) -> list[int]:
    plan = plan_for(understand(text, EmptyLexicon(), NAMES))
    return [hit.id for hit in engine.search(plan, access_for(ANONYMOUS)).hits]


def typed_forms(form: str) -> dict[int, str]:
    """Code of a people → its name as it is typed."""
    return {code: FORMS[form](name) for code, name in list(GROUPS.items())[:: 3 if form in SAMPLED else 1]}


@pytest.mark.parametrize("form", FORMS)
def test_every_people_is_found_by_its_name(loaded: Engine, form: str) -> None:
    found = {(code, text): first(loaded, text) for code, text in typed_forms(form).items()}
    assert {text: ids[:3] for (code, text), ids in found.items() if code not in ids} == {}


@pytest.mark.parametrize("form", ["as written", "decomposed", "capitals"])
def test_a_name_with_its_marks_ranks_its_people_first(loaded: Engine, form: str) -> None:
    typed = {code: f"{FORMS[form]('người')} {name}" for code, name in typed_forms(form).items()}
    assert {text: first(loaded, text)[0] for text in typed.values()} == {text: code for code, text in typed.items()}
