"""Vietnamese order: letters first, tones last, and no text that cannot be sorted."""

from library.language.collation import vietnamese_order


def test_letters_come_before_tones_and_d_before_đ():
    words = ["đa", "da", "dã", "dà", "ê", "e", "Ăn", "an", "ân"]
    assert sorted(words, key=vietnamese_order) == ["an", "Ăn", "ân", "da", "dà", "dã", "đa", "e", "ê"]


def test_a_tone_on_a_letter_without_composed_form_belongs_to_that_letter():
    assert vietnamese_order("ə̀") == ((100 + ord("ə"),), (1,))
    assert vietnamese_order("\u0301") == ((), (4,))
