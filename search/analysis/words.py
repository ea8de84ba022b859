"""From a text to its words with their keys: the one analyser of the site, for indexing, for queries and for highlighting."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from . import characters as c

LONGEST_WORD = 255  # Elasticsearch's standard tokenizer cuts there
REMEMBERED = 300_000  # different runs

_STACKED = re.compile("([A-Za-z])([\u0300-\u036f]{2,})")
_DELETED = dict.fromkeys(map(ord, c.INVISIBLE + c.INVISIBLE_APP_ONLY))
_WIDTHS = str.maketrans(c.FULL_WIDTH | c.LIGATURES)
_WORD_TABLE = str.maketrans(dict.fromkeys(c.APOSTROPHES, "") | c.WRONG_D)
_I_TO_Y = {ord(unicodedata.normalize("NFC", "i" + tone)): unicodedata.normalize("NFC", "y" + tone) for tone in ("", *c.TONE_SIGNS)}
_Y_TO_I = {ord(written): chr(plain) for plain, written in _I_TO_Y.items()}
_MIXED = "\x00"  # no fold of a word
_UNSEEN_EDGE = c.APOSTROPHES + c.INVISIBLE + c.INVISIBLE_APP_ONLY
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

    @property
    def tones(self) -> str:
        return self.exact[len(self.notone) :]

    @property
    def typed_letters(self) -> str:
        """The letters without tone, i and y as they were written."""
        return f"{self.notone[:-1]}y" if self.y_for_i else self.notone

    @property
    def typed_fold(self) -> str:
        """The folded letters, i and y as they were written."""
        return f"{self.fold[:-1]}y" if self.y_for_i else self.fold

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


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands in the text as given."""

    keys: Keys
    start: int
    end: int


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


def words(text: str) -> Iterator[Word]:
    """The words of a text with their places in it, in order. The text may be in any Unicode form."""
    for run in c.RUN.finditer(text):
        offset = run.start()
        for keys, start, end in _analysed(run.group()):
            yield Word(keys, offset + start, offset + end)


def half_typed(text: str) -> list[tuple[Keys, ...]]:
    """The words of a text whose last word may go on: each with the ways to read it, for i and y are not yet one there."""
    words = [keys for keys in keys_of(text) if not keys.clusters]
    return [*((word,) for word in words[:-1]), *(_i_and_y(word) for word in words[-1:])]


def _i_and_y(word: Keys) -> tuple[Keys, ...]:
    if word.notone not in c.I_FOR_Y.values():
        return (word,)
    other = word.written.translate(_Y_TO_I if word.y_for_i else _I_TO_Y)
    return (word, *keys_of(other))


class WordFilter:
    """Finds in many texts the words that satisfy a test, looking closely only at words with one of the folds given."""

    def __init__(self, folds: frozenset[str], wanted: Callable[[Keys], bool]) -> None:
        self._folds = folds | {_MIXED}
        self._wanted = wanted

    def words(self, text: str) -> Iterator[Word]:
        """The wanted words of a text with their places in it, in order."""
        runs = list(c.RUN.finditer(text))
        folds = map(_folds_of_runs.__getitem__, map(re.Match.group, runs))
        for run in [run for run, fold in zip(runs, folds, strict=True) if fold in self._folds]:
            for keys, start, end in _analysed(run.group()):
                if self._wanted(keys):
                    yield Word(keys, run.start() + start, run.start() + end)


class _FoldsOfRuns(dict[str, str]):
    """The fold of each run met before; a sign of its own for runs of several words or of clusters."""

    def __missing__(self, run: str) -> str:
        if len(self) > REMEMBERED:
            self.clear()
        parts = _analysed(run)
        fold = self[run] = parts[0][0].fold if len(parts) == 1 and not parts[0][0].clusters else _MIXED
        return fold


class _KeysBetweenSpaces(dict[str, tuple[Keys, ...]]):
    """Keys of the stretches met before: a look-up that misses analyses, so that texts are read at the speed of a dictionary.

    No run holds a space, so cutting at spaces first changes nothing, and costs a third of finding the runs.
    """

    def __missing__(self, stretch: str) -> tuple[Keys, ...]:
        if len(self) > REMEMBERED:
            self.clear()
        found = self[stretch] = tuple(keys for run in c.RUN.findall(stretch) for keys, _, _ in _analysed(run))
        return found


_keys_between_spaces = _KeysBetweenSpaces()
_folds_of_runs = _FoldsOfRuns()


def keys_of(text: str) -> list[Keys]:
    """The words of a text without their places."""
    return list(chain.from_iterable(map(_keys_between_spaces.__getitem__, text.split())))


@lru_cache(maxsize=REMEMBERED)
def _analysed(run: str) -> tuple[tuple[Keys, int, int], ...]:
    found = []
    for part in c.PART.finditer(run):
        raw = part.group()
        keys = _keys(raw)
        if keys is not None:
            start = part.start() + len(raw) - len(raw.lstrip(_UNSEEN_EDGE))
            end = part.end() - (len(raw) - len(raw.rstrip(_UNSEEN_EDGE)))
            found.append((keys, start, end))
    return tuple(found)


def _keys(raw: str) -> Keys | None:
    written = mended(raw).translate(_WORD_TABLE).lower()[:LONGEST_WORD]
    if not written:
        return None
    if c.NO_SPACE.search(written):
        return Keys(written=written, clusters=tuple(c.CLUSTER.findall(written)))
    letters, tones, folded = "", "", ""
    for grapheme in c.GRAPHEME.findall(unicodedata.normalize("NFD", written)):
        letter, tone, plain = _letter(grapheme)
        letters, tones, folded = letters + letter, tones + tone, folded + plain
    letters = unicodedata.normalize("NFC", letters)
    notone = c.I_FOR_Y.get(letters, letters)
    fold = c.I_FOR_Y.get(folded, folded)
    return Keys(written=written, exact=notone + tones, notone=notone, fold=fold, y_for_i=notone != letters)


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


@lru_cache(maxsize=4096)
def _is_latin(character: str) -> bool:
    return unicodedata.name(character, "").startswith("LATIN")


def _ordered_marks(match: re.Match[str]) -> str:
    return match.group(1) + "".join(sorted(match.group(2), key=lambda mark: (mark in c.TONE_SIGNS, unicodedata.combining(mark), mark)))
