"""What a word spells where its keys were typed with the Vietnamese keyboard switched off: Telex ("moong") and VNI ("mo6ng").

Both are ways of typing Vietnamese letters on Latin keys, kept by every Vietnamese keyboard: a doubled letter, w or a digit shapes
a letter, and a letter or digit after the vowel sets the tone. Tones may be typed anywhere after their vowel, and so may shapes.
"""

import re
import unicodedata
from dataclasses import dataclass, field

_HAT, _HORN, _BREVE = "\u0302", "\u031b", "\u0306"
_TONES = {  # Telex and VNI
    **dict.fromkeys("s1", "\u0301"),
    **dict.fromkeys("f2", "\u0300"),
    **dict.fromkeys("r3", "\u0309"),
    **dict.fromkeys("x4", "\u0303"),
    **dict.fromkeys("j5", "\u0323"),
}
_VOWELS = "aeiouy"
_TYPED = re.compile("[a-z]+[a-z1-9]*")


@dataclass(slots=True)
class _Word:
    """A word while it is typed: its letters with their shapes, and its tone."""

    letters: list[str] = field(default_factory=list)
    tone: str = ""

    def press(self, key: str) -> None:
        """Take one key as the keyboard would."""
        if key in _TONES and self._has_vowel():
            self.tone = _TONES[key]
        elif not (self._shape_last("aeo" if key == "6" else key, _HAT) if key in "aeo6" else self._shape(key)):
            self.letters.append(key)

    def _shape(self, key: str) -> bool:
        if key == "w":
            return self._shape_last("ou", _HORN) or self._shape_last("a", _BREVE)
        if key in "d9":
            return self._bar()
        return (key == "7" and self._shape_last("ou", _HORN)) or (key == "8" and self._shape_last("a", _BREVE))

    def _bar(self) -> bool:
        """Bar the d just typed, or the first letter of the word."""
        place = next((place for place in (len(self.letters) - 1, 0) if self.letters and self.letters[place] == "d"), None)
        if place is not None:
            self.letters[place] = "đ"
        return place is not None

    def _shape_last(self, shaped: str, sign: str) -> bool:
        """Give the last group of vowels the sign, on the letters that can bear it; u and o side by side take a horn together."""
        places = [place for place, letter in enumerate(self.letters) if letter[0] in _VOWELS]
        places = [place for place in places if all(other in places for other in range(place, places[-1]))]
        bearing = [place for place in places if self.letters[place] in list(shaped)]
        if bearing:
            for place in bearing if sign == _HORN else bearing[-1:]:
                self.letters[place] += sign
        return bool(bearing)

    def _has_vowel(self) -> bool:
        return any(letter[0] in _VOWELS for letter in self.letters)

    def spelling(self) -> str:
        vowels = [place for place, letter in enumerate(self.letters) if letter[0] in _VOWELS]
        if self.tone and vowels:
            self.letters[vowels[-1]] += self.tone
        return unicodedata.normalize("NFC", "".join(self.letters))


def spelled(keys: str) -> str:
    """The word that these keys spell, in NFC; its tone stands on the last vowel, which the analysis does not mind. The keys as they
    are where no keyboard would make another word of them."""
    lowered = keys.lower()
    if not _TYPED.fullmatch(lowered):
        return keys
    word = _Word()
    for key in lowered:
        word.press(key)
    return word.spelling()
