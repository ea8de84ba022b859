"""From a text to its words with their keys: the one analyser of the site, for indexing, for queries and for highlighting."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from . import characters as c
from .folding import Keys, word_keys

REMEMBERED = 300_000  # different runs
RECURRING_REMEMBERED = 8_000  # different short texts

_I_TO_Y = {ord(unicodedata.normalize("NFC", "i" + tone)): unicodedata.normalize("NFC", "y" + tone) for tone in ("", *c.TONE_SIGNS)}
_Y_TO_I = {ord(written): chr(plain) for plain, written in _I_TO_Y.items()}
_MIXED = "\x00"  # no fold of a word
_UNSEEN_EDGE = c.APOSTROPHES + c.INVISIBLE + c.INVISIBLE_APP_ONLY


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands in the text as given."""

    keys: Keys
    start: int
    end: int


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

    def __init__(self, folds: frozenset[str], test: Callable[[Keys], bool]) -> None:
        self._folds = folds | {_MIXED}
        self._test = test

    def words(self, text: str) -> Iterator[Word]:
        """The words of a text that satisfy the test, with their places in it, in order."""
        runs = list(c.RUN.finditer(text))
        folds = map(_folds_of_runs.__getitem__, map(re.Match.group, runs))
        for run in [run for run, fold in zip(runs, folds, strict=True) if fold in self._folds]:
            for keys, start, end in _analysed(run.group()):
                if self._test(keys):
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


@lru_cache(maxsize=RECURRING_REMEMBERED)
def keys_of_recurring(text: str) -> tuple[Keys, ...]:
    """As ``keys_of``, of a short text that stands in many records."""
    return tuple(keys_of(text))


@lru_cache(maxsize=REMEMBERED)
def _analysed(run: str) -> tuple[tuple[Keys, int, int], ...]:
    analysed = []
    for part in c.PART.finditer(run):
        raw = part.group()
        keys = word_keys(raw)
        if keys is not None:
            start = part.start() + len(raw) - len(raw.lstrip(_UNSEEN_EDGE))
            end = part.end() - (len(raw) - len(raw.rstrip(_UNSEEN_EDGE)))
            analysed.append((keys, start, end))
    return tuple(analysed)
