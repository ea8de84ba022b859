"""What a short request sets as conditions, in many real spellings, and what stays words."""

import csv
from datetime import date

import pytest
from django.conf import settings

from search.analysis import keys_of
from search.facets import indexed_facets
from search.quality.evaluation import shipped_names
from search.understanding import EmptyLexicon, GroupNameRow, LearnedLexicon, Learner, Lexicon, NameAuthority, understand
from search.understanding.conditions import Condition, Vocabulary, understand_conditions, understood_words
from search.understanding.conditions.tables import MEDIA, TYPES

PLACES = {"Lào Cai": "places=15", "Hà Giang": "former_units=2", "Huế": "places=46", "Sơn La": "places=14"}
FESTIVAL, CHAM, MONG = "type: lễ hội", "people: Chăm", "people: Mông"
# Request → its conditions, and the words that are left to look for.
REQUESTS = {
    "le hoi thang gieng o lao cai": ([FESTIVAL, "month: tháng Giêng", "place: Lào Cai"], ""),
    "Lễ hội tháng Giêng ở Lào Cai": ([FESTIVAL, "month: tháng Giêng", "place: Lào Cai"], ""),
    "le hoi thang gieng cua nguoi mong o tinh lao cai": ([FESTIVAL, "month: tháng Giêng", MONG, "place: Lào Cai"], ""),
    "festival february": (["type: festival", "month: February"], ""),
    "where to see festivals in February": (["type: festivals", "month: February"], ""),
    "festivals in may": (["type: festivals", "month: May"], ""),
    "nuoc tieng ba na": (["language: tiếng Ba Na"], "nuoc"),
    "mặt trăng tiếng Mường": (["language: tiếng Mường"], "mặt trăng"),
    "muong language": (["language: Mường language"], ""),
    "ao cham": (["type: áo", CHAM], ""),
    "áo Chăm": (["type: áo", CHAM], ""),
    "áo chàm": (["type: áo"], "chàm"),
    "khen mong": ([MONG], "khen"),
    "khèn của người Mông": ([MONG], "khèn"),
    "nha rong ba na": (["people: Ba Na"], "nha rong"),
    "nguoi mong": ([MONG], ""),
    "người Mèo": ([MONG], ""),
    "dân tộc Hmông": ([MONG], ""),
    "mong": ([MONG], ""),
    "khan của người Rade": (["people: Ê Đê"], "khan"),
    "dân ca người Tày và người Nùng": (["people: Tày", "people: Nùng"], "dân ca"),
    "lễ hội của người Chăm": ([FESTIVAL, CHAM], ""),
    "lễ hội mùa xuân": ([FESTIVAL, "season: mùa xuân"], ""),
    "hội xuân của người Mông": (["season: hội xuân", MONG], ""),
    "lễ hội sắp tới ở Hà Giang": ([FESTIVAL, "coming: sắp tới", "place: Hà Giang"], ""),
    "lễ hội ở Huế": ([FESTIVAL, "place: Huế"], ""),
    "tháng 2": (["month: tháng 2"], ""),
    "tháng 2 âm lịch": (["month: tháng 2 âm lịch"], ""),
    "lễ hội tháng mười một": ([FESTIVAL, "month: tháng Mười một"], ""),
    "chữ Mông năm 1961": (["type: chữ", MONG, "year: 1961"], ""),
    "lễ hội có ảnh": ([FESTIVAL, "media: có ảnh"], ""),
    "photos of hmong costumes": (["media: photos", MONG, "type: costumes"], ""),
    "nghe hat then": (["media: nghe"], "hat then"),
    "Pang A festival": (["type: festival"], "pang a"),
    "nhạc cụ": (["type: nhạc cụ"], ""),
    "tiếng A-rem": (["language: tiếng A-rem"], ""),
}
# What only looks like a condition: common words, parts of names, names of parts of peoples, questions.
WORDS = [
    *("con mèo", "tàu hỏa", "khách du lịch", "man", "meo", "lá hẹ", "hoa văn trang phục", "tấm ảnh cũ", "34 tỉnh thành phố"),
    *("cao lan", "Then Tày Nùng", "may áo", "Người Mông ăn Tết vào tháng nào?", "lễ hội ở đâu", '"lễ hội tháng giêng"', "2014"),
    "những phong tục trong đám cưới của người Mông ở Lào Cai và các tỉnh lân cận ngày trước",
]


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    with (settings.COLLECTIONS_DIR / "vocabularies" / "ethnic_group_name_variants.csv").open(encoding="utf-8", newline="") as file:
        parts = frozenset(Vocabulary.folds(row["variant"]) for row in csv.DictReader(file) if row["kind"] == "subgroup")
    places = NameAuthority(GroupNameRow(name, key, name, display=True) for name, key in PLACES.items())
    languages = NameAuthority([GroupNameRow("A-rem", "aem", "A-rem", display=True)])
    return Vocabulary(shipped_names(), places, languages, parts, date(2026, 11, 29))


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    learner = Learner()
    for text in ["nghề rèn của người Mông", "lễ hội của người Chăm ở Lào Cai", "nước non", "áo dài", "chữ Nôm"] * 2:
        learner.read(keys_of(text))
    path = tmp_path_factory.mktemp("lexicon") / "lexicon.sqlite3"
    learner.save(path)
    return LearnedLexicon(path)


def conditions(text: str, vocabulary: Vocabulary, lexicon: Lexicon | None = None) -> tuple[Condition, ...]:
    return understand_conditions(understand(text, lexicon or EmptyLexicon(), vocabulary.peoples), vocabulary)


def values(text: str, vocabulary: Vocabulary) -> list[list[str]]:
    """What each demand of the request takes."""
    found = conditions(text, vocabulary)
    return [[f"{each.facet}={each.value}" for each in demand.values] for condition in found for demand in condition.demands]


@pytest.mark.parametrize("text", REQUESTS)
def test_a_short_request_sets_conditions(text: str, vocabulary: Vocabulary) -> None:
    reading = understand(text, EmptyLexicon(), vocabulary.peoples)
    found = understand_conditions(reading, vocabulary)
    left = [word.written for place, word in enumerate(reading.words) if not any(each.covers(place) for each in found)]
    assert ([f"{each.kind}: {each.words}" for each in found], " ".join(left)) == REQUESTS[text]


@pytest.mark.parametrize("text", WORDS)
def test_what_only_looks_like_a_condition_stays_words(text: str, vocabulary: Vocabulary) -> None:
    kept = [condition for condition in conditions(text, vocabulary) if condition.kind != "type"]
    assert kept == []


def test_a_month_is_meant_in_its_own_calendar(vocabulary: Vocabulary) -> None:
    assert values("tháng hai", vocabulary) == [["festival_months=lunar-2"]]
    assert values("tháng hai dương lịch", vocabulary) == [["festival_months=solar-2", "festival_months=2027-02"]]
    assert values("tháng 12", vocabulary) == [["festival_months=solar-12", "festival_months=2026-12"]]
    assert values("tháng 12 âm lịch", vocabulary) == values("tháng chạp", vocabulary) == [["festival_months=lunar-12"]]
    assert values("tháng này", vocabulary) == [["festival_months=solar-11", "festival_months=2026-11"]]


def test_the_official_name_decides_between_peoples_that_bore_a_name(vocabulary: Vocabulary) -> None:
    assert values("người Thổ", vocabulary) == [["groups=24"]]
    assert values("tay", vocabulary) == [["groups=02"]]


def test_without_marks_an_unsure_word_counts_in_its_likeliest_spelling(vocabulary: Vocabulary, lexicon: Lexicon) -> None:
    kinds = {text: [each.kind.value for each in conditions(text, vocabulary, lexicon)] for text in ("nghe ren", "chu nom", "ao dai")}
    assert kinds == {"nghe ren": ["type"], "chu nom": ["type"], "ao dai": ["type"]}
    assert conditions("nghe ren", vocabulary) == ()


def test_what_was_understood_is_rightly_written(vocabulary: Vocabulary, lexicon: Lexicon) -> None:
    texts = ("le hoi cua nguoi cham o lao cai", "nguoi meo", "festival february", "nuoc tieng ba na")
    readings = [understand(text, lexicon, vocabulary.peoples) for text in texts]
    assert [understood_words(reading, understand_conditions(reading, vocabulary)) for reading in readings] == [
        *("lễ hội của người Chăm ở Lào Cai", "người Mông", "festival february", "nước tiếng Ba Na")
    ]


def test_every_condition_of_the_tables_is_a_facet_of_the_index() -> None:
    assert {each.facet for words in (*TYPES, *MEDIA) for each in words.values} | {"groups", "places", "language"} <= set(indexed_facets())
