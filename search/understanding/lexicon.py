"""What the index's own public text teaches about spelling: counts of words and of neighbours, in one small read-only file.

A file of SQLite's format: nothing is loaded, processes share its pages, and a new one takes its place by a rename. It must be
given text that an anonymous reader may read, and nothing else (section 9 of the design).
"""

import os
import sqlite3
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from operator import attrgetter
from pathlib import Path
from typing import Protocol, TypeVar

from search.analysis import WORD_TIERS, Keys, keys_of, pieces_of

SPELLINGS_PER_FOLD = 15
CANDIDATES = 8
SHORTEST_REPAIR, LONGEST_REPAIR = 2, 24
KNOWN_FROM = 2  # occurrences
PAIRS_HELD = 5_000_000  # while learning; beyond it, pairs seen once are forgotten

_WRITTEN = attrgetter("written")
Thing = TypeVar("Thing")
_SCHEMA = """
CREATE TABLE total (words INTEGER NOT NULL);
CREATE TABLE spelling (key TEXT PRIMARY KEY, fold TEXT NOT NULL, written TEXT NOT NULL, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE fold (fold TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE pair (fold1 TEXT, fold2 TEXT, key1 TEXT, key2 TEXT, count INTEGER NOT NULL,
                   PRIMARY KEY (fold1, fold2, key1, key2)) WITHOUT ROWID;
CREATE TABLE deletion (form TEXT, tier TEXT, word TEXT, count INTEGER NOT NULL, PRIMARY KEY (form, tier, word)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Spelling:
    """One written word of the index: its keys and how often it occurs."""

    keys: Keys
    count: int


class Lexicon(Protocol):
    """What restoration and repair ask."""

    @property
    def total(self) -> int: ...

    def spellings(self, fold: str) -> tuple[Spelling, ...]:
        """The commonest spellings of a folded word, commonest first."""
        ...

    def occurrences(self, form: str, tier: str) -> int:
        """How often a word occurs, by its exact key or by its folded one."""
        ...

    def pairs(self, fold1: str, fold2: str) -> dict[tuple[str, str], int]:
        """Counts of neighbours by their exact keys, for two folded words."""
        ...

    def neighbours(self, form: str, tier: str) -> tuple[str, ...]:
        """Known words one edit away, commonest first."""
        ...

    def spelling(self, key: str) -> Spelling | None:
        """The word of an exact key."""
        ...


class EmptyLexicon:
    """Where nothing has been learned yet: plain folding, not an error."""

    total = 0

    def spellings(self, fold: str) -> tuple[Spelling, ...]:
        return ()

    def occurrences(self, form: str, tier: str) -> int:
        return 0

    def pairs(self, fold1: str, fold2: str) -> dict[tuple[str, str], int]:
        return {}

    def neighbours(self, form: str, tier: str) -> tuple[str, ...]:
        return ()

    def spelling(self, key: str) -> Spelling | None:
        return None


class LearnedLexicon:
    """A lexicon file, read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self.total: int = self._rows("SELECT words FROM total")[0][0]
        # A query asks for the same few words again and again; the file never changes once it is open.
        self.spellings = lru_cache(20_000)(self._spellings)
        self.pairs = lru_cache(20_000)(self._pairs)
        self.neighbours = lru_cache(5_000)(self._neighbours)

    def occurrences(self, form: str, tier: str) -> int:
        column, table = ("key", "spelling") if tier == "exact" else ("fold", "fold")
        rows = self._rows(f"SELECT count FROM {table} WHERE {column} = ?", form)  # noqa: S608 - both from the line above
        return rows[0][0] if rows else 0

    def spelling(self, key: str) -> Spelling | None:
        rows = self._rows("SELECT written, count FROM spelling WHERE key = ?", key)
        return _spelling(*rows[0]) if rows else None

    def _spellings(self, fold: str) -> tuple[Spelling, ...]:
        rows = self._rows("SELECT written, count FROM spelling WHERE fold = ? ORDER BY count DESC, key LIMIT ?", fold, SPELLINGS_PER_FOLD)
        return tuple(_spelling(*row) for row in rows)

    def _pairs(self, fold1: str, fold2: str) -> dict[tuple[str, str], int]:
        rows = self._rows("SELECT key1, key2, count FROM pair WHERE fold1 = ? AND fold2 = ?", fold1, fold2)
        return {(key1, key2): count for key1, key2, count in rows}

    def _neighbours(self, form: str, tier: str) -> tuple[str, ...]:
        if not SHORTEST_REPAIR <= len(form) <= LONGEST_REPAIR:
            return ()
        forms = sorted(deletions(form))
        marks = ",".join("?" * len(forms))
        rows = self._rows(
            f"SELECT DISTINCT word, count FROM deletion WHERE tier = ? AND form IN ({marks}) ORDER BY count DESC, word",  # noqa: S608
            tier,
            *forms,
        )
        near = (word for word, _ in rows if word != form and one_edit_apart(form, word))
        return tuple(word for word, _ in zip(near, range(CANDIDATES), strict=False))

    def _rows(self, sql: str, *values: str | int) -> list[tuple]:
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = sqlite3.connect(f"file:{self._path}?mode=ro&immutable=1", uri=True)
        return connection.execute(sql, values).fetchall()


class Learner:
    """Reads texts and writes a lexicon file."""

    def __init__(self) -> None:
        self._written: Counter[str] = Counter()
        self._keys: dict[str, Keys] = {}  # of the written forms: a word has one reading
        self._pairs: Counter[tuple[str, str]] = Counter()  # of exact keys

    def read(self, *texts: Sequence[Keys], times: int = 1) -> None:
        """Learn from texts that occur so many times. Words of scripts without spaces teach nothing and part what stands around them."""
        pieces = [piece for text in texts for piece in pieces_of(text)]
        words = list(chain.from_iterable(pieces))
        written = list(map(_WRITTEN, words))  # strings are counted in C; keys would be hashed in Python
        pairs = chain.from_iterable(pairwise(map(WORD_TIERS["exact"], piece)) for piece in pieces)
        self._written.update(written if times == 1 else _times(written, times))
        self._pairs.update(pairs if times == 1 else _times(pairs, times))
        if len(self._written) > len(self._keys):
            self._keys.update(zip(written, words, strict=True))
        if len(self._pairs) > PAIRS_HELD:
            self._pairs = Counter({pair: count for pair, count in self._pairs.items() if count > 1})

    def save(self, path: Path) -> None:
        """Write the file beside its place and rename it, so that no reader ever sees half of one."""
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
        fresh.unlink(missing_ok=True)
        connection = sqlite3.connect(fresh)
        connection.executescript(_SCHEMA)
        self._fill(connection)
        connection.commit()
        connection.close()
        fresh.replace(path)

    def _fill(self, connection: sqlite3.Connection) -> None:
        by_key: dict[str, Counter[Keys]] = defaultdict(Counter)
        for word, count in self._written.items():
            by_key[self._keys[word].exact][self._keys[word]] = count
        counts = Counter({key: forms.total() for key, forms in by_key.items()})
        commonest = {key: max(forms.items(), key=lambda item: (item[1], item[0].written))[0] for key, forms in by_key.items()}
        folds: Counter[str] = Counter()
        for key, count in counts.items():
            folds[commonest[key].fold] += count
        connection.execute("INSERT INTO total VALUES (?)", (counts.total(),))
        connection.executemany("INSERT INTO spelling VALUES (?,?,?,?)", ((k, w.fold, w.written, counts[k]) for k, w in commonest.items()))
        connection.executemany("INSERT INTO fold VALUES (?,?)", folds.items())
        pairs = ((commonest[a].fold, commonest[b].fold, a, b, count) for (a, b), count in self._pairs.items())
        connection.executemany("INSERT INTO pair VALUES (?,?,?,?,?)", pairs)
        for tier, known in (("exact", counts), ("fold", folds)):
            connection.executemany("INSERT OR IGNORE INTO deletion VALUES (?,?,?,?)", _deletion_rows(tier, known))
        connection.execute("CREATE INDEX spelling_fold ON spelling (fold, count DESC)")


def _times(things: Iterable[Thing], times: int) -> dict[Thing, int]:
    return {thing: count * times for thing, count in Counter(things).items()}


def deletions(form: str) -> set[str]:
    """The form and everything that one missing letter makes of it: two words one edit apart share one of these."""
    return {form} | {form[:place] + form[place + 1 :] for place in range(len(form))}


def one_edit_apart(first: str, second: str) -> bool:
    """Whether one insertion, deletion, replacement or swap of neighbours makes one word of the other."""
    if first == second or abs(len(first) - len(second)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second)))
    rest1, rest2 = first[start:], second[start:]
    return (
        rest1[1:] == rest2
        or rest1 == rest2[1:]
        or rest1[1:] == rest2[1:]
        or (rest1[:2] == rest2[1::-1] and rest1[2:] == rest2[2:] and len(rest1) > 1)
    )


def _deletion_rows(tier: str, counts: Counter[str]) -> Iterator[tuple[str, str, str, int]]:
    for word, count in counts.items():
        if count >= KNOWN_FROM and SHORTEST_REPAIR <= len(word) <= LONGEST_REPAIR and not word.isdecimal():
            yield from ((form, tier, word, count) for form in deletions(word))


def _spelling(written: str, count: int) -> Spelling:
    return Spelling(keys_of(written)[0], count)
