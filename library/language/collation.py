"""Vietnamese alphabetical order, for short lists sorted in memory: letters first, tones last (TCVN 5712, dictionary order)."""

import unicodedata
from functools import lru_cache

LETTERS = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
TONES = {
    tone: place
    for place, tone in enumerate(
        (
            "\N{COMBINING GRAVE ACCENT}",
            "\N{COMBINING HOOK ABOVE}",
            "\N{COMBINING TILDE}",
            "\N{COMBINING ACUTE ACCENT}",
            "\N{COMBINING DOT BELOW}",
        ),
        start=1,
    )
}


@lru_cache(maxsize=20_000)  # pages sort the same labels again and again
def vietnamese_order(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """A sort key: the letters without their tones, then the tones."""
    letters: list[int] = []
    tones: list[int] = []
    for letter, tone in map(_placed, unicodedata.normalize("NFC", text).casefold()):
        if letter is None:
            tones[-1:] = [tone]
        else:
            letters.append(letter)
            tones.append(tone)
    return tuple(letters), tuple(tones)


@lru_cache(maxsize=4_000)
def _placed(character: str) -> tuple[int | None, int]:
    """The places of a letter and of its tone; no letter for a tone on a letter that has no composed form, as in IPA."""
    parts = unicodedata.normalize("NFD", character)
    tone = next((mark for mark in parts if mark in TONES), "")
    letter = unicodedata.normalize("NFC", parts.replace(tone, "")) if tone else character
    if not letter:
        return None, TONES[tone]
    return LETTERS.get(letter, -1 if letter == " " else 100 + ord(letter)), TONES.get(tone, 0)
