"""How close together texts have the words of a question."""

import pytest

from search.analysis import keys_of
from search.asking.closeness import LONGEST_READ, RecordText, closeness
from search.query.weights import PAIRS_SHARE, SENTENCE_SHARE


def close(question: str, *texts: str, titles: tuple[str, ...] = ()) -> list[float]:
    """The closeness of records of one text each, under the same titles."""
    found = closeness(keys_of(question), {number: RecordText(titles, (text,)) for number, text in enumerate(texts)})
    return [found[number] for number in range(len(texts))]


def test_words_in_one_sentence_are_closer_than_words_of_several() -> None:
    together, apart = close("ai chế tác khèn", "Ai cũng tác tạo, chế khèn.", "Ai đó. Chế tạo. Tác giả. Khèn.")
    assert together > apart


def test_neighbours_side_by_side_are_closer() -> None:
    beside, scattered = close("khèn của người Mông", "Khèn của người Mông.", "Mông người của khèn.")
    assert beside == pytest.approx(SENTENCE_SHARE + PAIRS_SHARE) and scattered == pytest.approx(SENTENCE_SHARE)


def test_a_rare_word_is_worth_more_than_one_that_all_have() -> None:
    rare, common, neither = close("lễ hội ném còn", "Ném còn.", "Lễ hội.", "Lễ hội.")
    assert rare > common == neither


def test_words_that_ask_are_not_looked_for() -> None:
    told, asking = close("Hội nào có ở Mường Hoa", "Hội có ở Mường Hoa.", "Hội nào?")
    assert told > asking
    assert close("nào", "Hội nào?") == [0.0]
    assert close("cái sao", "Cái sao.") == [pytest.approx(SENTENCE_SHARE + PAIRS_SHARE)]  # also "star"


def test_words_of_the_title_belong_to_every_sentence() -> None:
    assert close("khèn Mông", "Nhạc cụ. Thổi lúc tết.", titles=("Khèn Mông",)) == [pytest.approx(SENTENCE_SHARE)]


def test_marks_make_no_difference_and_scripts_without_spaces_are_read() -> None:
    assert close("khen mong", "Khèn Mông") == close("khèn Mông", "Khèn Mông")
    assert close("ជនជាតិខ្មែរ", "ជនជាតិខ្មែរ", "khèn") == [pytest.approx(SENTENCE_SHARE), 0.0]


def test_nothing_asked_or_nothing_to_read_is_close_to_nothing() -> None:
    assert closeness([], {7: RecordText((), ("khèn",))}) == {7: 0.0}
    assert closeness(keys_of("khèn"), {7: RecordText((), ())}) == {7: 0.0}
    assert closeness(keys_of("khèn"), {}) == {}


def test_the_end_of_a_very_long_text_is_not_read() -> None:
    assert close("khèn", "sáo. " * (LONGEST_READ // 5) + "khèn", "khèn")[0] == 0.0
