"""The first hits of a question are read and ordered anew, on both engines: the same records, counts and pages."""

from dataclasses import replace

import pytest

from library.access import ANONYMOUS
from search.access import access_for
from search.asking.find import ranked
from search.asking.question import NOTHING_KNOWN, question_of
from search.asking.relaxing import Ranking, search_relaxing
from search.engines.base import Engine
from search.query.weights import FIRST_HITS
from search.request import SearchRequest
from search.understanding import CuratedQuestions, CuratedRow
from tests.search.conftest import document, fill

QUESTION = "người Mông dùng gỗ gì làm bầu khèn"
ANSWER = 50
BESIDE = "Bầu khèn người Mông dùng gỗ thông đá mà làm. Ống trúc dài ngắn khác nhau, mỗi ống một tiếng, thợ giỏi mới chỉnh được."
APART = "Gỗ tốt. Người Mông ở núi. Làm nương. Dùng dao. Gì cũng có. Khèn hay. Bầu bí. Khèn Mông, gỗ, bầu, làm khèn, gỗ."


def asked(engine: Engine, text: str = QUESTION, *rows: CuratedRow, **request: object) -> Ranking:
    wanted = SearchRequest(text=text, **request)  # type: ignore[arg-type]
    question = question_of(wanted, ANONYMOUS, replace(NOTHING_KNOWN, curated=CuratedQuestions(rows)))
    steps = tuple(replace(step, plan=replace(step.plan, facets=("type",))) for step in question.steps)
    return ranked(engine, wanted, replace(question, steps=steps), access_for(ANONYMOUS))


def ids(ranking: Ranking) -> list[int]:
    return [hit.id for hit in ranking.answer.hits]


@pytest.fixture
def khen(engine: Engine) -> Engine:
    """One record whose sentence answers, among forty that have the words here and there."""
    fill(engine, document(ANSWER, BESIDE, "Cây khèn"), *(document(number, APART, f"Bài {number}") for number in range(1, 41)))
    return engine


def test_the_record_with_the_words_in_one_sentence_comes_first(khen: Engine) -> None:
    assert ids(asked(khen))[0] == ANSWER
    assert ids(asked(khen, "nguoi mong dung go gi lam bau khen"))[0] == ANSWER


def test_pages_neither_overlap_nor_lose_a_record_and_counts_stay(khen: Engine) -> None:
    pages = [asked(khen, page=page, size=7) for page in range(1, 8)]
    assert sorted(pk for page in pages for pk in ids(page)) == [*range(1, 41), ANSWER]
    assert {page.answer.total for page in pages} == {41}
    assert [page.counted for page in pages] == [7, 7, 7, 7, 7, 6, 0]


def test_a_page_behind_the_first_hits_is_as_the_engine_has_it(khen: Engine) -> None:
    behind = SearchRequest(text=QUESTION, page=4, size=FIRST_HITS // 3)
    by_words = search_relaxing(khen, question_of(behind, ANONYMOUS, NOTHING_KNOWN).steps, access_for(ANONYMOUS))
    assert ids(asked(khen, page=behind.page, size=behind.size)) == ids(by_words)


def test_hits_of_the_page_have_their_snippet_with_the_words(khen: Engine) -> None:
    first = asked(khen, size=3).answer.hits
    assert len(first) == 3 and "Bầu khèn" in first[0].snippets[0].text


def test_what_is_pinned_stays_first(khen: Engine) -> None:
    assert ids(asked(khen, QUESTION, CuratedRow(QUESTION, pinned=(17, 3))))[:3] == [17, 3, ANSWER]
