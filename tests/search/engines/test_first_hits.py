"""The first hits of a question are read and ordered anew, on both engines: the same records, counts and pages."""

import pytest

from library.access import ANONYMOUS
from search.access import access_for
from search.asking.question import NOTHING_KNOWN, question_of
from search.asking.relaxing import search_relaxing
from search.engines.base import Engine
from search.query.weights import FIRST_HITS
from search.request import SearchRequest
from search.understanding import CuratedRow
from tests.search.conftest import document, fill
from tests.search.engines.asking import asked, ids

QUESTION = "người Mông dùng gỗ gì làm bầu khèn"
ANSWER = 50
BESIDE = "Bầu khèn người Mông dùng gỗ thông đá mà làm. Ống trúc dài ngắn khác nhau, mỗi ống một tiếng, thợ giỏi mới chỉnh được."
APART = "Gỗ tốt. Người Mông ở núi. Làm nương. Dùng dao. Gì cũng có. Khèn hay. Bầu bí. Khèn Mông, gỗ, bầu, làm khèn, gỗ."


@pytest.fixture
def khen(engine: Engine) -> Engine:
    """One record whose sentence answers, among forty that have the words here and there."""
    fill(engine, document(ANSWER, BESIDE, "Cây khèn"), *(document(number, APART, f"Bài {number}") for number in range(1, 41)))
    return engine


def test_the_record_with_the_words_in_one_sentence_comes_first(khen: Engine) -> None:
    assert ids(asked(khen, QUESTION))[0] == ANSWER
    assert ids(asked(khen, "nguoi mong dung go gi lam bau khen"))[0] == ANSWER


def test_pages_neither_overlap_nor_lose_a_record_and_counts_stay(khen: Engine) -> None:
    pages = [asked(khen, QUESTION, page=page, size=7) for page in range(1, 8)]
    assert sorted(pk for page in pages for pk in ids(page)) == [*range(1, 41), ANSWER]
    assert {page.answer.total for page in pages} == {41}
    assert [page.counted for page in pages] == [7, 7, 7, 7, 7, 6, 0]


def test_a_page_behind_the_first_hits_is_as_the_engine_has_it(khen: Engine) -> None:
    behind = SearchRequest(text=QUESTION, page=4, size=FIRST_HITS // 3)
    by_words = search_relaxing(khen, question_of(behind, ANONYMOUS, NOTHING_KNOWN).steps, access_for(ANONYMOUS))
    assert ids(asked(khen, QUESTION, page=behind.page, size=behind.size)) == ids(by_words)


def test_hits_of_the_page_have_their_snippet_with_the_words(khen: Engine) -> None:
    first = asked(khen, QUESTION, size=3).answer.hits
    assert len(first) == 3 and "Bầu khèn" in first[0].snippets[0].text


def test_what_is_pinned_stays_first(khen: Engine) -> None:
    assert ids(asked(khen, QUESTION, CuratedRow(QUESTION, pinned=(17, 3))))[:3] == [17, 3, ANSWER]
