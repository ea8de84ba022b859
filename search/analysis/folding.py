"""The keys of one word: its letters, its tones, and the word without tones and without marks. The one folding of the search."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from . import characters as c

LONGEST_WORD = 255  # Elasticsearch's standard tokenizer cuts there
_STACKED = re.compile("([A-Za-z])([\u0300-\u036f]{2,})")
_DELETED = dict.fromkeys(map(ord, c.INVISIBLE + c.INVISIBLE_APP_ONLY))
_WIDTHS = str.maketrans(c.FULL_WIDTH | c.LIGATURES)
_WORD_TABLE = str.maketrans(dict.fromkeys(c.APOSTROPHES, "") | c.WRONG_D)
_TO_MEND = re.compile(f"[\u0300-\u036f\ufb00-\ufb06\uff01-\uff5e{c.INVISIBLE}{c.INVISIBLE_APP_ONLY}]")


@dataclass(frozen=True, slots=True)
class Keys:
    """One word as the tiers see it. A word of a script without spaces has ``clusters`` and no other key."""

    written: str  # lower case, composed, without apostrophes: what is shown, and what Elasticsearch analyses to the same keys
    exact: str = ""  # letters, then the signs of the tones
    notone: str = ""
    fold: str = ""
    clusters: tuple[str, ...] = ()
    y_for_i: bool = False  # rule 12 changed the word; a half-typed word must not change
    # Of the keys above; kept, because loading an index asks for them again and again.
    tones: str = field(init=False, compare=False, repr=False)
    typed_letters: str = field(init=False, compare=False, repr=False)  # without tone, i and y as they were written
    typed_fold: str = field(init=False, compare=False, repr=False)  # folded, i and y as they were written

    def __post_init__(self) -> None:
        object.__setattr__(self, "tones", self.exact[len(self.notone) :])
        object.__setattr__(self, "typed_letters", f"{self.notone[:-1]}y" if self.y_for_i else self.notone)
        object.__setattr__(self, "typed_fold", f"{self.fold[:-1]}y" if self.y_for_i else self.fold)

    @property
    def marked(self) -> bool:
        """Whether the word carries any mark that folding would drop."""
        return self.exact != self.fold

    @property
    def toned(self) -> bool:
        """Whether the word carries a tone."""
        return self.exact != self.notone

    @property
    def number(self) -> bool:
        """Whether the word is digits only."""
        return self.written.isdecimal()


def composed(text: str) -> str:
    """NFC, with the marks stacked on one Latin letter in one order: shape before tone, whatever order they were typed in."""
    if not unicodedata.is_normalized("NFC", text) or _STACKED.search(decomposed := unicodedata.normalize("NFD", text)):
        decomposed = unicodedata.normalize("NFD", text)
        return unicodedata.normalize("NFC", _STACKED.sub(_ordered_marks, decomposed))
    return text


def mended(text: str) -> str:
    """Steps 1 to 3 of the normalisation: the text as it is stored in an index, fit to be shown."""
    if unicodedata.is_normalized("NFC", text) and not _TO_MEND.search(text):
        return text
    return composed(text).translate(_WIDTHS).translate(_DELETED)


def word_keys(raw: str) -> Keys | None:
    """The keys of what stands between two spaces or signs; None when nothing of it can be read."""
    written = mended(raw).translate(_WORD_TABLE).lower()[:LONGEST_WORD]
    if not written:
        return None
    if c.NO_SPACE.search(written):
        return Keys(written=written, clusters=tuple(c.CLUSTER.findall(written)))
    graphemes = c.GRAPHEME.findall(unicodedata.normalize("NFD", written))
    letters, tones, folded = map("".join, zip(*map(_letter, graphemes), strict=True))
    letters = unicodedata.normalize("NFC", letters)
    notone = c.I_FOR_Y.get(letters, letters)
    fold = notone if folded == letters else c.I_FOR_Y.get(folded, folded)  # one string for both, which compares in no time
    return Keys(written=written, exact=notone + tones, notone=notone, fold=fold, y_for_i=notone != letters)


@lru_cache(maxsize=4096)
def _letter(grapheme: str) -> tuple[str, str, str]:
    """A letter with its marks → the letter, the signs of its tones, the letter folded."""
    base, marks = grapheme[0], grapheme[1:]
    if not _is_latin(base):
        return grapheme, "", grapheme
    plain = c.FOLDED_LETTERS.get(base, base)
    tones = "".join(c.TONE_SIGNS.get(mark, "") for mark in marks)
    if tones:
        shape = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark not in c.TONE_SIGNS))
        if shape in c.VOWELS:
            return shape, tones, plain
    return grapheme, "", plain


def _is_latin(character: str) -> bool:
    return unicodedata.name(character, "").startswith("LATIN")


def _ordered_marks(match: re.Match[str]) -> str:
    return match.group(1) + "".join(sorted(match.group(2), key=lambda mark: (mark in c.TONE_SIGNS, unicodedata.combining(mark), mark)))
