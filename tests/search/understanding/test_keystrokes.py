"""Which word the keys of Telex and VNI spell, and which words they leave alone."""

import pytest

from search.analysis import keys_of
from search.understanding.keystrokes import spelled


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ("moong", "mông"),
        ("mongo", "mông"),
        ("mo6ng", "mông"),
        ("eeddee", "êđê"),
        ("e6d9e6", "êđê"),
        ("dand", "đan"),
        ("ddoongf", "đồng"),
        ("nguwowif", "người"),
        ("nguowif", "người"),
        ("ngu7o7i2", "người"),
        ("trawngs", "trắng"),
        ("tra8ng1", "trắng"),
        ("khenf", "khèn"),
        ("taayj", "tậy"),
    ],
)
def test_keys_spell_a_word(keys: str, word: str) -> None:
    assert [spelling.exact for spelling in keys_of(spelled(keys))] == [keys_of(word)[0].exact]


@pytest.mark.parametrize("word", ["lanh", "Hà", "2024", "ខ្មែរ", "", "trang"])
def test_a_word_that_no_keyboard_changes_stays(word: str) -> None:
    assert spelled(word) == word
