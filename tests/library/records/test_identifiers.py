"""Permanent names: well-formed, checked, never given twice."""

import pytest

from library.records.models.identifiers import ALPHABET, ark, check_character, is_well_formed, new_name


def test_a_new_name_is_well_formed_and_opaque():
    names = {new_name() for _ in range(500)}
    assert len(names) == 500
    assert all(is_well_formed(name) for name in names)
    assert not any(letter in name for name in names for letter in "aeioul")


def test_any_single_wrong_letter_is_caught():
    name = new_name()
    for place in range(2, len(name)):
        for letter in ALPHABET:
            if letter != name[place]:
                assert not is_well_formed(name[:place] + letter + name[place + 1 :])


def test_any_two_neighbours_swapped_are_caught():
    name = "v1" + "3b7k2xq"
    name += check_character(name)
    for place in range(len(name) - 1):
        swapped = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
        assert swapped == name or not is_well_formed(swapped)


@pytest.mark.parametrize("name", ["", "v1", "V1ABCDEFG0", "v1aaaaaaaa", "../../../x", "v1bbbbbbbbb"])
def test_other_texts_are_no_names(name):
    assert not is_well_formed(name)


def test_an_ark_appears_once_the_library_has_a_number(settings):
    settings.ARK_NAAN = ""
    assert ark("v1bbbbbbbc") == ""
    settings.ARK_NAAN = "99999"
    assert ark("v1bbbbbbbc") == "ark:/99999/v1bbbbbbbc"
