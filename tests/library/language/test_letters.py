"""The order of a dictionary in Latin and phonetic letters, and what typing finds."""

import pytest

from library.language.letters import dictionary_order, first_letter, typed_key


def test_the_letters_of_an_alphabet_stand_behind_those_they_are_drawn_from():
    words = ["đa", "da", "êa", "ea", "ăn", "an", "ân", "ñu", "nu", "ɓuh", "buh"]
    assert sorted(words, key=dictionary_order) == ["an", "ăn", "ân", "buh", "ɓuh", "da", "đa", "ea", "êa", "nu", "ñu"]


def test_tones_and_figures_do_not_part_the_words_of_a_letter():
    assert sorted(["má", "mo", "mà", "ma1"], key=dictionary_order)[-1] == "mo"


@pytest.mark.parametrize(("word", "letter"), [("ʔdaw1", "ʔ"), ("ɓơ̆ng", "Ɓ"), ("êʔăt", "Ê"), ("ậy", "Â"), ("12", "")])
def test_a_word_stands_under_its_first_letter(word: str, letter: str):
    assert first_letter(word) == letter


@pytest.mark.parametrize(
    ("word", "typed"), [("daːk³", "dak"), ("ʔdaw1", "daw"), ("klaŋ¹", "klang"), ("mặt trăng", "mat trang"), ("kʰɛːj", "khej")]
)
def test_a_word_is_found_as_one_would_type_it(word: str, typed: str):
    assert typed_key(word) == typed
