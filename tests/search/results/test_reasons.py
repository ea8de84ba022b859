"""Why a record was found: only what a reader would not expect."""

import pytest

from search.analysis import keys_of
from search.quality.evaluation import shipped_names
from search.results.reasons import Reason, Why, reasons
from search.understanding import EmptyLexicon, understand

NAMES = shipped_names()


def why(typed: str, *texts: str) -> list[Reason]:
    return list(reasons(understand(typed, EmptyLexicon(), NAMES), [keys_of(text) for text in texts]))


@pytest.mark.parametrize("typed", ["lễ hội", "le hoi", "lê hôi", "LỄ HỘI", "lễ hoi"])
def test_what_the_reader_expects_is_not_said(typed: str) -> None:
    assert why(typed, "Lễ hội Gầu Tào") == []


def test_other_tones_or_marks_than_those_typed_are_said() -> None:
    assert why("lễ hối", "Lễ hội Gầu Tào") == [Reason(Why.TONES)]
    assert why("lễ hôi dâm trâu", "Lễ hội đâm trâu") == [Reason(Why.MARKS)]
    assert why("lê hơi", "Lễ hội Gầu Tào") == [Reason(Why.MARKS)]


def test_a_name_written_together_and_another_name_of_a_people_are_said() -> None:
    assert Reason(Why.TOGETHER) in why("giarai", "Người Gia Rai dựng cột")
    assert Reason(Why.NAME, "Ê Đê") in why("người Rade", "Nhà dài của người Ê Đê")
