"""What curators set for a question, on both engines: pins, bars, synonyms; whole counts, true facets, pages that do not overlap."""

from dataclasses import replace

import pytest

from library.access import ANONYMOUS, Viewer
from search.access import access_for
from search.asking.question import NOTHING_KNOWN, question_of
from search.asking.relaxing import Relaxation, Step, search_relaxing
from search.engines.base import Engine
from search.query.plan import Sort
from search.request import SearchRequest
from search.understanding import CuratedQuestions, CuratedRow, SynonymRow
from tests.search.conftest import document, fill
from tests.search.engines.asking import asked, ids

EVERYBODY = access_for(ANONYMOUS)


@pytest.fixture(scope="module")
def khen(shared_engine: Engine) -> Engine:
    """Five records that have the words, one of them closed, and two that have none of them; of two types."""
    fill(
        shared_engine,
        *(document(number, title="Múa khèn", facets={"type": ("festival" if number % 2 else "song",)}) for number in (1, 2, 3, 4)),
        document(5, title="Múa khèn", access=("community:7",), facets={"type": ("festival",)}),
        document(8, title="Sáo Mông", facets={"type": ("song",)}),
        document(9, title="Đàn môi", access=("community:7",), facets={"type": ("song",)}),
    )
    return shared_engine


@pytest.mark.parametrize("typed", ["múa khèn", "mua khen", "MÚA KHÈN", "Mua  khèn!"])
def test_pinned_records_come_first_in_their_order_whatever_their_words(khen: Engine, typed: str) -> None:
    ranking = asked(khen, typed, CuratedRow("múa khèn", pinned=(8, 3)))
    assert ids(ranking) == [8, 3, 1, 2, 4]
    assert (ranking.answer.total, ranking.relaxation) == (5, Relaxation.NOTHING)
    assert ranking.answer.facets == {"type": {"festival": 2, "song": 3}}


def test_another_question_has_no_pins(khen: Engine) -> None:
    assert ids(asked(khen, "khèn", CuratedRow("múa khèn", pinned=(8,)))) == [1, 2, 3, 4]


def test_a_pinned_record_is_on_one_page_only(khen: Engine) -> None:
    row = CuratedRow("múa khèn", pinned=(8, 4))
    assert [ids(asked(khen, "múa khèn", row, size=2, page=page)) for page in (1, 2, 3)] == [[8, 4], [1, 2], [3]]


def test_a_pinned_record_that_the_reader_may_not_see_is_in_no_hit_count_or_facet(khen: Engine) -> None:
    row = CuratedRow("múa khèn", pinned=(9, 5))
    with_pins, without = asked(khen, "múa khèn", row), asked(khen, "múa khèn")
    assert ids(with_pins) == ids(without) == [1, 2, 3, 4]
    assert with_pins.answer.total == without.answer.total == 4
    assert with_pins.answer.facets == without.answer.facets
    member = Viewer(signed_in=True, communities=frozenset({7}))
    assert ids(asked(khen, "múa khèn", row, viewer=member)) == [9, 5, 1, 2, 3, 4]


def test_a_question_of_which_nothing_is_found_but_a_closed_pin_finds_nothing(khen: Engine) -> None:
    assert asked(khen, "tính tẩu", CuratedRow("tính tẩu", pinned=(9,))).answer.total == 0


def test_a_pinned_record_has_to_meet_the_conditions_that_the_reader_sets(khen: Engine) -> None:
    ranking = asked(khen, "múa khèn", CuratedRow("múa khèn", pinned=(8, 3)), facets={"type": ("festival",)})
    assert (ids(ranking), ranking.answer.total) == ([3, 1], 2)
    assert ranking.answer.facets == {"type": {"festival": 2, "song": 3}}


def test_other_orders_have_the_pinned_record_at_its_place(engine: Engine) -> None:
    fill(engine, document(1, title="Múa khèn", title_sort="a"), document(2, title="Sáo", title_sort="b"))
    assert ids(asked(engine, "múa khèn", CuratedRow("múa khèn", pinned=(2,)), sort=Sort.TITLE)) == [1, 2]


def test_a_pinned_record_stands_before_those_listed_by_their_day(engine: Engine) -> None:
    fill(engine, *(document(number, title="Hội") for number in (1, 2, 3)), document(9, title="Sáo"))
    question = question_of(
        SearchRequest(text="hội"), ANONYMOUS, replace(NOTHING_KNOWN, curated=CuratedQuestions([CuratedRow("hội", (9,))]))
    )
    coming = replace(question.plan, ids=(3, 1), as_listed=True)
    assert ids(search_relaxing(engine, [Step(Relaxation.NOTHING, coming)], EVERYBODY)) == [9, 3, 1]


def test_barred_records_are_in_no_hit_count_or_facet_of_that_question(khen: Engine) -> None:
    ranking = asked(khen, "mua khen", CuratedRow("múa khèn", barred=(1, 2)))
    assert (ids(ranking), ranking.answer.total) == ([3, 4], 2)
    assert ranking.answer.facets == {"type": {"festival": 1, "song": 1}}
    assert ids(asked(khen, "khèn", CuratedRow("múa khèn", barred=(1, 2)))) == [1, 2, 3, 4]


def test_barred_records_do_not_follow_either(engine: Engine) -> None:
    fill(engine, document(1, title="nghề dệt lanh Mông"), *(document(n, title="nghề dệt lanh") for n in (2, 3)))
    ranking = asked(engine, "nghề dệt lanh Mông", CuratedRow("nghề dệt lanh mông", barred=(2,)))
    assert (ids(ranking), ranking.followers) == ([1, 3], 1)


def test_pinned_records_are_followed_by_those_that_have_a_part_and_stand_there_once(engine: Engine) -> None:
    fill(engine, document(1, title="nghề dệt lanh"), document(2, title="nghề dệt"), document(3, title="sáo"))
    ranking = asked(engine, "nghề dệt lanh Mông", CuratedRow("nghề dệt lanh mông", pinned=(3, 2)))
    assert (ids(ranking), ranking.counted, ranking.answer.total) == ([3, 2, 1], 2, 2)


@pytest.mark.parametrize("wanted", [{"as_typed": True}, {"fields": ("title",)}, {"phrase": "múa khèn", "text": ""}])
def test_who_wants_the_very_words_gets_them_alone(khen: Engine, wanted: dict) -> None:
    row = CuratedRow("múa khèn", pinned=(8,), barred=(1,), synonyms=(SynonymRow("sáo"),))
    assert sorted(ids(asked(khen, wanted.pop("text", "múa khèn"), row, **wanted))) == [1, 2, 3, 4]


def test_a_synonym_of_several_words_finds_what_is_called_so(engine: Engine) -> None:
    fill(engine, document(1, body="cây tính tẩu của người Tày"), document(2, body="đàn tính"), document(3, body="tẩu hỏa, tính nết"))
    row = CuratedRow("đàn tính", synonyms=(SynonymRow("tính tẩu"),))
    assert sorted(ids(asked(engine, "đàn tính", row)))[:2] == [1, 2]
    assert sorted(ids(asked(engine, "dan tinh nguoi tay", row))[:1]) == [1]
    assert asked(engine, "tính tẩu", row).answer.total == 3
    assert asked(engine, "đàn tính").answer.total == 1


def test_a_synonym_of_one_way_is_not_looked_for_the_other_way(engine: Engine) -> None:
    fill(engine, document(1, body="gong"), document(2, body="cồng chiêng"))
    row = CuratedRow("gong", synonyms=(SynonymRow("cồng chiêng", both_ways=False),))
    assert sorted(ids(asked(engine, "gong", row))) == [1, 2]
    assert ids(asked(engine, "cồng chiêng", row)) == [2]


def test_a_query_with_other_marks_is_another_word(engine: Engine) -> None:
    fill(engine, document(1, body="tính tẩu"), document(2, body="dân tỉnh"))
    row = CuratedRow("đàn tính", synonyms=(SynonymRow("tính tẩu"),))
    assert asked(engine, "dân tỉnh", row).answer.total == 1


def test_a_synonym_in_a_script_without_spaces(engine: Engine) -> None:
    fill(engine, replace(document(1, body="ជនជាតិខ្មែរ")), document(2, body="người Khmer"))
    row = CuratedRow("Khmer", synonyms=(SynonymRow("ខ្មែរ"),))
    assert sorted(ids(asked(engine, "khmer", row))) == [1, 2]
    assert sorted(ids(asked(engine, "ខ្មែរ", row))) == [1, 2]
