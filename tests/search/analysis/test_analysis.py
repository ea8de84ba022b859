"""Each oracle row on the analyser itself: which tiers a query and a text meet in."""

import unicodedata

import pytest

from search.analysis import analysed, cluster_tokens, glue_key, keys_of, mended, tier_texts, words
from search.analysis.characters import TONE_SIGNS
from tests.search.oracles import MEETS, MUST_NOT, ORACLES, WORD_TIERS, Oracle


def meets(tier: str, query: str, text: str) -> bool:
    """Whether every token that the query sends to the tier is among those of the text."""
    held = set(tier_texts([tier], analysed([text]))[tier].split())
    if tier == "glue":
        sent = [glue_key(keys_of(query))]
    elif tier == "nospace":
        sent = [token for word in keys_of(query) for token in cluster_tokens(word.clusters)]
    else:
        sent = tier_texts([tier], analysed([query]))[tier].split()
    return bool(sent) and all(token in held for token in sent)


@pytest.mark.parametrize("oracle", [o for o in ORACLES if o.verdict in MEETS], ids=str)
def test_a_query_meets_the_text_in_the_tiers_of_its_row(oracle: Oracle) -> None:
    assert {tier for tier in WORD_TIERS if meets(tier, oracle.query, oracle.text)} == MEETS[oracle.verdict]
    if oracle.verdict == "G":
        assert meets("glue", oracle.query, oracle.text)
    if oracle.verdict == "S":
        assert meets("nospace", oracle.query, oracle.text)


@pytest.mark.parametrize("oracle", [o for o in ORACLES if o.verdict in MUST_NOT], ids=str)
def test_a_query_does_not_meet_the_text_where_its_row_forbids(oracle: Oracle) -> None:
    assert not [tier for tier in MUST_NOT[oracle.verdict] if meets(tier, oracle.query, oracle.text)]


@pytest.mark.parametrize("oracle", [o for o in ORACLES if o.row == 21], ids=str)
def test_the_tone_belongs_to_the_word_even_on_a_wrong_vowel(oracle: Oracle) -> None:
    assert meets("exact", oracle.query, oracle.text)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_places_of_words_point_into_the_text_as_given(form: str) -> None:
    text = unicodedata.normalize(form, "Lễ hội ‘Gầu Tào’ của người H’Mông, 2024")
    found = [unicodedata.normalize("NFC", text[word.start : word.end]) for word in words(text)]
    assert found == ["Lễ", "hội", "Gầu", "Tào", "của", "người", "H’Mông", "2024"]


def test_tone_signs_never_occur_in_a_word() -> None:
    for sign in TONE_SIGNS.values():
        assert [word.exact for word in keys_of(f"ai{sign}b")] == ["ai", "b"]


def test_marks_stacked_in_any_order_are_one_spelling() -> None:
    assert keys_of("e\u0306\u0302")[0].exact == keys_of("e\u0302\u0306")[0].exact != keys_of("ê")[0].exact


def test_mended_text_keeps_its_words_and_loses_what_cannot_be_seen() -> None:
    assert mended("ﬁlm\u200b ＴＡＹ nha\u0303\u0302n m²") == "film TAY nhẫn m²"


def test_pairs_do_not_cross_from_one_text_to_the_next() -> None:
    assert tier_texts(["fold2"], analysed(["a b", "c d", "e", "x y z"]))["fold2"] == "a_b c_d x_y y_z"


def test_a_beginning_is_kept_with_the_tone_and_without() -> None:
    assert {"ho", "ho¹", "hoa", "hoa¹"} <= set(tier_texts(["prefix_exact"], analysed(["hòa"]))["prefix_exact"].split())
    assert "ky" in set(tier_texts(["prefix"], analysed(["kỳ"]))["prefix"].split())
