"""Goals 8 and 11 of the search design: exact tone first in two hundred minimal pairs; no spelling of a query comes back empty."""

import pytest

from library.access import ANONYMOUS
from search.access import access_for
from search.analysis import keys_of
from search.engines.base import Engine
from search.query.clauses import plan_for
from search.query.highlighting import Marker
from search.understanding import EmptyLexicon, NameAuthority, understand
from tests.search.conftest import document, fill

STEMS = [
    *("ba", "ma", "la", "ta", "ca", "na", "ha", "xa", "tha", "kha", "bê", "lê"),
    *("tô", "cô", "mơ", "lư", "ngu", "hoa", "khoe", "quan", "đương", "thai", "chăm", "bao"),
]
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VOWELS = "aăâeêioôơuưy"


def toned(stem: str, tone: str) -> str:
    """The stem with the tone on its last vowel: where it stands does not matter."""
    place = max(stem.rfind(vowel) for vowel in VOWELS)
    return stem[: place + 1] + tone + stem[place + 1 :]


FORMS = [(stem, toned(stem, tone)) for stem in STEMS for tone in TONES]


@pytest.fixture(scope="module")
def loaded(shared_engine: Engine) -> Engine:
    """One record for each form of each stem."""
    fill(shared_engine, *(document(number, f"một chữ {form} ở đây") for number, (_, form) in enumerate(FORMS, start=1)))
    return shared_engine


def ranking(engine: Engine, text: str) -> list[int]:
    plan = plan_for(understand(text, EmptyLexicon(), NameAuthority([])))
    return [hit.id for hit in engine.search(plan, access_for(ANONYMOUS)).hits]


def test_the_exact_tone_ranks_first_in_two_hundred_minimal_pairs(loaded: Engine) -> None:
    pairs, wrong = 0, []
    for number, (stem, form) in enumerate(FORMS, start=1):
        found = ranking(loaded, f"một chữ {form}")
        pairs += sum(1 for other, _ in FORMS if other == stem) - 1
        if found[0] != number:
            wrong.append((form, FORMS[found[0] - 1][1]))
    assert pairs >= 200
    assert wrong == []


@pytest.mark.parametrize("query", ["một chữ hóa", "mot chu hoa", "môt chư hoa", "một chu hoa", "chữ khoẻ", "CHỮ QUÁN"])
def test_no_spelling_of_a_query_comes_back_empty_or_unmarked(loaded: Engine, query: str) -> None:
    plan = plan_for(understand(query, EmptyLexicon(), NameAuthority([])))
    answer = loaded.search(plan, access_for(ANONYMOUS))
    assert answer.hits
    passage = answer.hits[0].snippets[0].text
    marked = {passage[start:end] for start, end in Marker(plan.highlight).marks(passage)}
    assert len(marked) >= len({word.fold for word in keys_of(query)})
