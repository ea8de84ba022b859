"""The sound of a word in plain words."""

import pytest
from django.test import Client

from library.presentation.words.sounds import sound_of
from tests.library.pages.examples import make_word, text


@pytest.mark.parametrize(
    ("form", "onset", "rhyme"),
    [("klaŋ¹", "kl", "aŋ"), ("daːk", "d", "aːk"), ("khiəŋ.35", "kh", "iəŋ"), ("pŭlᵊan", "", ""), ("mat khe", "", "")],
)
def test_a_word_of_one_syllable_has_a_beginning_and_a_rhyme(form: str, onset: str, rhyme: str):
    assert (sound_of(form).onset, sound_of(form).rhyme) == (onset, rhyme)


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ("kaː³", "thanh số 3, đánh số theo nguồn"),
        ("plɔŋ22", "giọng đều ở bậc 2"),
        ("ɬa²⁴", "giọng đi theo các bậc 2 → 4"),
        ("ma06", "thanh 06, đánh số theo nguồn"),
        ("daːk", ""),
    ],
)
def test_figures_are_a_tone_number_or_heights(form: str, says: str):
    assert sound_of(form).tone.startswith(says) and bool(says) == bool(sound_of(form).tone)


def test_a_sign_is_told_once_in_the_order_of_the_word_and_two_letters_before_one():
    assert [sign for sign, _words in sound_of("tɕəŋ").signs] == ["tɕ", "ə", "ŋ"]


@pytest.mark.django_db
def test_a_dictionary_tells_its_letters_registers_and_figures(client: Client):
    make_word("rṳ³", note="")
    make_word("ɓa̰ː", concept="water")
    signs = client.get("/tu-dien/muong-hoa-binh/").context["dictionary"].signs
    assert [sign for sign, _words in signs] == ["ɓ", "ː", "a\u0324", "a\u0330", "1–5"]
    assert "giọng thở" in text(client.get("/tu-dien/muong-hoa-binh/"))


@pytest.mark.django_db
def test_a_dictionary_in_a_script_of_its_people_has_no_letters_to_tell(client: Client):
    make_word("măt tlăng")
    assert client.get("/tu-dien/muong-hoa-binh/").context["dictionary"].signs == []
