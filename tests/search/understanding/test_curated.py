"""What curators set for questions, looked up in the words of a query."""

import pytest

from search.analysis import keys_of
from search.asking.curated import with_synonyms
from search.request import SearchRequest
from search.understanding import (
    CuratedQuestions,
    CuratedRow,
    EmptyLexicon,
    Mode,
    NameAuthority,
    Reading,
    SynonymRow,
    mode_of,
    question_key,
    understand,
)

NO_NAMES = NameAuthority([])


def same(typed: str, *rows: CuratedRow) -> list[tuple[int, int, list[str]]]:
    """Start, end and others of each phrase of a query that has synonyms."""
    words = keys_of(typed)
    hits = CuratedQuestions(rows).synonyms(words, mode_of(words))
    return [(hit.start, hit.end, [other.written for other in hit.others]) for hit in hits]


def row(question: str, *both: str, one_way: tuple[str, ...] = ()) -> CuratedRow:
    synonyms = [SynonymRow(words) for words in both] + [SynonymRow(words, both_ways=False) for words in one_way]
    return CuratedRow(question, synonyms=tuple(synonyms))


def test_every_spelling_is_one_question() -> None:
    assert {question_key(text) for text in ("Đàn tính", "dan tinh", "ĐÀN-TÍNH?", "đàn  tinh")} == {"dan tinh"}
    assert question_key("ជនជាតិខ្មែរ") and not question_key(" ?! ")


def test_all_that_hold_both_ways_mean_one_another_and_those_of_one_way_are_only_looked_for() -> None:
    rule = row("đàn tính", "tính tẩu", "ting tầu", one_way=("lute",))
    assert same("đàn tính", rule) == [(0, 2, ["tính tẩu", "ting tầu", "lute"])]
    assert same("tinh tau", rule) == [(0, 2, ["đàn tính", "ting tầu", "lute"])]
    assert same("lute", rule) == []


def test_the_longest_phrase_wins_wherever_it_stands() -> None:
    rules = (row("khèn", "kèn"), row("múa khèn", "nhảy khèn"))
    assert same("người Mông múa khèn thổi khèn", *rules) == [(2, 4, ["nhảy khèn"]), (5, 6, ["kèn"])]


@pytest.mark.parametrize(("typed", "found"), [("đàn tính", True), ("dan tinh", True), ("đàn tinh", True), ("dân tỉnh", False)])
def test_marks_that_contradict_mean_other_words(typed: str, found: bool) -> None:
    assert bool(same(typed, row("đàn tính", "tính tẩu"))) is found
    assert same(typed, row("dan tinh", "tính tẩu"))  # written without marks it stands for every spelling


def test_a_misspelt_word_is_looked_up_as_it_was_repaired() -> None:
    typed, read = tuple(keys_of("dan tinhh")), tuple(keys_of("đàn tính"))
    reading = Reading("dan tinhh", typed, Mode.NONE, read)
    curated = CuratedQuestions([CuratedRow("đàn tính", pinned=(7,), synonyms=(SynonymRow("tính tẩu"),))])
    (hit,) = with_synonyms(reading, SearchRequest(text="dan tinhh"), curated, NO_NAMES).synonyms
    assert (hit.start, hit.end) == (0, 2)
    assert curated.choice(typed, read).pinned == (7,)


def test_words_with_synonyms_are_known_and_not_repaired() -> None:
    typed, read = tuple(keys_of("khau cut hội")), tuple(keys_of("châu cù hội"))
    reading = Reading("khau cut hội", typed, Mode.PARTIAL, read)
    curated = CuratedQuestions([row("khau cut", "xuống chợ")])
    reading = with_synonyms(reading, SearchRequest(text="khau cut hội"), curated, NO_NAMES)
    assert [(hit.start, hit.end, [other.written for other in hit.others]) for hit in reading.synonyms] == [(0, 2, ["xuống chợ"])]
    assert reading.read == typed and not reading.repaired


def test_marks_are_restored_in_words_with_synonyms() -> None:
    typed, read = tuple(keys_of("dan tinh")), tuple(keys_of("đàn tính"))
    reading = Reading("dan tinh", typed, Mode.NONE, read)
    assert with_synonyms(reading, SearchRequest(text="dan tinh"), CuratedQuestions([row("đàn tính", "tính tẩu")]), NO_NAMES).read == read


def test_quotation_marks_ask_for_the_very_words() -> None:
    curated = CuratedQuestions([row("đàn tính", "tính tẩu")])
    reading = understand('"đàn tính"', EmptyLexicon(), NO_NAMES)
    assert with_synonyms(reading, SearchRequest(text='"đàn tính"'), curated, NO_NAMES).synonyms == ()
