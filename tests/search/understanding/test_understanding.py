"""What a query is understood to mean: mode, names and their guards, glue, pairs, restoration, repair, limits."""

import csv

import pytest
from django.conf import settings

from search.analysis import keys_of
from search.quality.evaluation import shipped_names
from search.query.clauses import plan_for
from search.understanding import EmptyLexicon, LearnedLexicon, Learner, Lexicon, Mode, NameAuthority, Reading, mode_of, understand
from search.understanding.lexicon import deletions, one_edit_apart
from search.understanding.reading import LONGEST_QUERY, MOST_WORDS

TEXTS = [
    "Lễ hội Gầu Tào của người Mông ở Lào Cai mở vào đầu năm",
    "Năm nào cũng có lễ hội ở làng này, ai nào cũng vui",
    "Thành phố Thanh Hóa có thành nhà Hồ, năm nào cũng đón khách",
    "Cưới xin của người Ba Na, lễ cưới ở nhà rông",
    "tấn công vào thành, cuộc tấn công năm ấy",
] * 2


@pytest.fixture(scope="module")
def names() -> NameAuthority:
    return shipped_names()


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    learner = Learner()
    for text in TEXTS:
        learner.read(keys_of(text))
    path = tmp_path_factory.mktemp("lexicon") / "lexicon.sqlite3"
    learner.save(path)
    return LearnedLexicon(path)


def owners(text: str, names: NameAuthority) -> list[str]:
    """Official names that the query is expanded with."""
    hits = understand(text, EmptyLexicon(), names).names
    return [owner.official for hit in hits if hit.expands for owner in hit.owners]


def written(reading: Reading) -> list[str]:
    return [keys.written for keys in reading.read]


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("le hoi", Mode.NONE),
        ("lê hôi", Mode.NOTONE),
        ("lễ hội", Mode.FULL),
        ("dân ca quan họ", Mode.PARTIAL),
        ("Lễ hội 2024", Mode.FULL),
        ("2024", Mode.NONE),
        ("ខ្មែរ", Mode.NONE),
        ("", Mode.NONE),
    ],
)
def test_the_mode_follows_the_marks_of_the_query(text: str, mode: Mode) -> None:
    assert mode_of(keys_of(text)) is mode


@pytest.mark.parametrize(
    ("text", "official"),
    [("người Jarai", "Gia Rai"), ("người Rade", "Ê Đê"), ("người Khơ-me", "Khmer"), ("người Ra-glai", "Raglay"), ("dân tộc Hmông", "Mông")],
)
def test_another_name_leads_to_the_official_one(text: str, official: str, names: NameAuthority) -> None:
    assert owners(text, names) == [official]


def test_every_deprecated_name_after_its_introducer_leads_to_all_its_owners(names: NameAuthority) -> None:
    folder = settings.COLLECTIONS_DIR / "vocabularies"
    official = {row["code"]: row["name_vi"] for row in csv.DictReader((folder / "ethnic_groups.csv").open(encoding="utf-8"))}
    rows = [row for row in csv.DictReader((folder / "ethnic_group_name_variants.csv").open(encoding="utf-8")) if row["display"] == "no"]
    assert len(rows) >= 134
    for row in rows:
        hits = understand(f"người {row['variant']}", EmptyLexicon(), names).names
        found = {owner.official for hit in hits for owner in hit.owners}
        assert official[row["group_code"]] in found, row


@pytest.mark.parametrize("text", ["kinh tế", "tàu hỏa", "con mèo", "khách du lịch", "lá hẹ", "người Hẻ", "người Thổ"])
def test_guards_keep_words_from_being_taken_for_names(text: str, names: NameAuthority) -> None:
    assert owners(text, names) == []


def test_an_official_name_that_others_once_bore_offers_them_without_expansion(names: NameAuthority) -> None:
    (hit,) = understand("người Thổ", EmptyLexicon(), names).names
    assert not hit.expands
    assert [owner.official for owner in hit.owners] == ["Thổ", "Tày", "Khmer"]


@pytest.mark.parametrize("text", ["Giarai", "Êđê", "Ede", "Bana", "Xơđăng", "Vankieu"])
def test_a_name_written_together_is_known(text: str, names: NameAuthority) -> None:
    assert owners(text, names)


def test_only_official_names_leave_the_authority_as_expansions(names: NameAuthority) -> None:
    plan = plan_for(understand("người Mán", EmptyLexicon(), names))
    assert len({owner for hit in understand("người Mán", EmptyLexicon(), names).names for owner in hit.owners}) == 5
    shares = {clause.weight for clause in plan.clauses if clause.term.field == "title" and clause.term.written == "dao"}
    assert list(shares) == [pytest.approx(1.6 / 5)]


@pytest.mark.parametrize("text", ["cưới xin của người Ba Na", "cuoi xin cua nguoi Ba Na", "cươi xin cua ngươi Ba Na"])
def test_pairs_never_cross_of_and_people(text: str) -> None:
    plan = plan_for(understand(text, EmptyLexicon(), NameAuthority([])))
    assert {clause.term.key for clause in plan.clauses if clause.term.tier == "fold2"} == {"cuoi_xin", "ba_na"}


def test_marks_are_restored_from_neighbours(lexicon: Lexicon, names: NameAuthority) -> None:
    assert written(understand("Thanh Hoa", lexicon, names)) == ["thanh", "hóa"]
    assert written(understand("le hoi nam nao", lexicon, names)) == ["lễ", "hội", "năm", "nào"]


def test_a_marked_word_of_a_half_marked_query_stays_as_it_is(lexicon: Lexicon, names: NameAuthority) -> None:
    assert written(understand("cuộc tan cong", lexicon, names)) == ["cuộc", "tấn", "công"]


def test_numbers_are_never_changed(lexicon: Lexicon, names: NameAuthority) -> None:
    assert written(understand("nam 1975", lexicon, names))[1] == "1975"


def test_an_unknown_word_is_repaired_and_offered_in_place(lexicon: Lexicon, names: NameAuthority) -> None:
    reading = understand("Lễ hội, năm nzo?", lexicon, names)
    assert {place: keys.written for place, keys in reading.repaired.items()} == {3: "nào"}
    assert reading.rewritten() == "Lễ hội, năm nào?"


@pytest.mark.parametrize("text", ["naof", "nafo", "nao2"])
def test_keys_typed_with_the_vietnamese_keyboard_off_are_read_as_what_they_spell(text: str, lexicon: Lexicon, names: NameAuthority) -> None:
    reading = understand(f"năm {text}", lexicon, names)
    assert (written(reading), reading.rewritten()) == (["năm", "nào"], "năm nào")


def test_a_known_word_and_a_name_are_never_repaired(lexicon: Lexicon, names: NameAuthority) -> None:
    assert not understand("lễ hội người Jarai", lexicon, names).repaired


def test_without_a_lexicon_the_query_is_taken_as_typed(names: NameAuthority) -> None:
    reading = understand("le hoi nzo", EmptyLexicon(), names)
    assert written(reading) == ["le", "hoi", "nzo"]
    assert not any(clause.term.tier == "exact" for clause in plan_for(reading).clauses)


def test_a_long_query_is_cut_at_a_word_and_says_so() -> None:
    reading = understand("một hai " * 100, EmptyLexicon(), NameAuthority([]))
    assert reading.cut
    assert len(reading.words) <= MOST_WORDS
    assert len(reading.typed) <= LONGEST_QUERY
    assert reading.typed.endswith(("một", "hai"))
    assert not understand("một hai", EmptyLexicon(), NameAuthority([])).cut


def test_a_phrase_requires_every_pair_of_its_words_in_their_own_tier() -> None:
    required = plan_for(understand('"lễ hội mùa" xuân', EmptyLexicon(), NameAuthority([]))).phrases
    assert [group[0][0].key for group in required] == ["lê³_hôi⁵", "hôi⁵_mua¹"]
    bare = plan_for(understand('"le hoi"', EmptyLexicon(), NameAuthority([]))).phrases
    assert [(group[0][0].tier, group[0][0].key) for group in bare] == [("fold2", "le_hoi")]


@pytest.mark.parametrize(
    ("words", "needed"), [("một", 1), ("một hai", 1), ("một hai ba", 1), ("a b c d", 2), ("a b c d e", 2), ("a a a b b", 1)]
)
def test_a_part_is_half_of_the_words(words: str, needed: int) -> None:
    assert plan_for(understand(words, EmptyLexicon(), NameAuthority([]))).coverage_minimum == needed


@pytest.mark.parametrize(("first", "second"), [("nao", "nzo"), ("nao", "na"), ("nao", "naon"), ("nao", "noa"), ("ab", "ba"), ("a", "b")])
def test_one_edit_is_found_through_a_shared_deletion(first: str, second: str) -> None:
    assert one_edit_apart(first, second)
    assert deletions(first) & deletions(second)


@pytest.mark.parametrize(("first", "second"), [("nao", "nao"), ("nao", "n"), ("abcd", "badc"), ("abc", "cba")])
def test_more_than_one_edit_is_too_far(first: str, second: str) -> None:
    assert not one_edit_apart(first, second)
