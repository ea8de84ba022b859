"""Names of peoples recognised in a query, with the guards that keep "tàu hỏa" and "con mèo" what they are.

Deprecated names lead to the official one and are never given back: only owners' official names leave this module (domain
handbook, section 4; search design, section 7.6).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.analysis import LONGEST_GLUE, Keys, glue_key, keys_of

from .lexicon import one_edit_apart
from .modes import Mode

LONGEST_NAME = 4  # words
SHORTEST_NEAR = 4  # letters of a misspelt name: a shorter one is near too many
# What may stand around a name that is the whole query: "người", "dân tộc", "tiếng", "đồng bào", "nhóm", "the … people".
BEFORE_A_NAME = (("dan", "toc"), ("dong", "bao"), ("ethnic", "group"), ("nguoi",), ("toc",), ("tieng",), ("nhom",), ("the",), ("people",))
AFTER_A_NAME = (("ethnic", "group"), ("people",), ("peoples",), ("language",))
# "người", "dân tộc", "tiếng" in the spellings of every tier; a one-word name counts only directly after one of them.
INTRODUCERS = (("nguoi",), ("dan", "toc"), ("tieng",))


@dataclass(frozen=True, slots=True)
class GroupNameRow:
    """One spelling of one group's name, as the authority has it."""

    name: str
    group: str  # the group's code
    official: str  # the group's official name
    display: bool


@dataclass(frozen=True, slots=True)
class Owner:
    """A group that a recognised name leads to."""

    group: str
    official: str


@dataclass(frozen=True, slots=True)
class NameHit:
    """Words start … end of the query are a name. ``expands``: it is not itself an official name as written."""

    start: int
    end: int
    owners: tuple[Owner, ...]
    expands: bool
    glued: bool = False  # written together or apart otherwise than the authority writes it
    display: bool = True  # False: the name as typed is found but must never be given back


@dataclass(frozen=True, slots=True)
class _Name:
    words: tuple[Keys, ...]
    owners: tuple[Owner, ...]
    official: bool
    display: bool


class NameAuthority:
    """All names of all groups, ready to be looked up by their folded words and by their glue key."""

    def __init__(self, rows: Iterable[GroupNameRow]) -> None:
        self._by_fold: dict[tuple[str, ...], list[_Name]] = defaultdict(list)
        self._by_glue: dict[str, list[_Name]] = defaultdict(list)
        self.displayed: tuple[str, ...] = ()
        self._load(list(rows))

    def knows_glued(self, key: str) -> bool:
        """Whether a glue key is that of a name."""
        return key in self._by_glue

    def beginning(self, words: Sequence[Keys], limit: int) -> list[Owner]:
        """Owners of names that begin with the words, the last of which may be half typed; a deprecated name gives its official one."""
        whole, last = tuple(word.fold for word in words[:-1]), words[-1].typed_fold
        found: dict[Owner, None] = {}
        for folds, same in sorted(self._by_fold.items()):
            if folds[: len(whole)] == whole and len(folds) > len(whole) and folds[len(whole)].startswith(last):
                found.update(dict.fromkeys(owner for name in same for owner in name.owners))
        ranked = sorted(found, key=lambda owner: not _begins_so(owner, words))
        return ranked[:limit]

    def owners_named(self, words: Sequence[Keys], mode: Mode) -> tuple[Owner, ...]:
        """Owners of the names that are the whole query, official names first. Guard (b) does not hold: it protects longer queries."""
        span = _bare(words)
        if not span or any(word.clusters for word in span):
            return ()
        same = [name for name in self._by_fold.get(tuple(word.fold for word in span), ()) if written_so(span, name.words, mode)]
        glued = [] if same else [name for key in _glue_keys(span) for name in self._by_glue.get(key, ()) if _glued_so(span, name)]
        ranked = sorted(same or glued, key=lambda name: (not name.official, not name.display))
        return tuple(dict.fromkeys(owner for name in ranked for owner in name.owners))

    def owners_near(self, words: Sequence[Keys]) -> tuple[Owner, ...]:
        """Owners of the names one edit away from the whole query, without marks and spaces; of those names only that may be shown."""
        typed = "".join(word.typed_fold for word in _bare(words))
        if len(typed) < SHORTEST_NEAR:
            return ()
        near = [name for key, same in self._by_glue.items() if one_edit_apart(typed, key) for name in same if name.display]
        return tuple(dict.fromkeys(owner for name in near for owner in name.owners))

    def hits(self, words: Sequence[Keys], mode: Mode) -> list[NameHit]:
        """The names in a query, the longest first at each place, none overlapping."""
        found, place = [], 0
        while place < len(words):
            hit = self._hit_at(words, place, mode)
            if hit:
                found.append(hit)
            place = hit.end if hit else place + 1
        return found

    def _hit_at(self, words: Sequence[Keys], start: int, mode: Mode) -> NameHit | None:
        for end in range(min(start + max(LONGEST_NAME, LONGEST_GLUE), len(words)), start, -1):
            span = words[start:end]
            if any(word.clusters for word in span):
                continue
            names = [name for name in self._by_fold.get(tuple(word.fold for word in span), ()) if written_so(span, name.words, mode)]
            names = [name for name in names if self._may_stand(name, words, start, end)]
            glued = [] if names else [n for n in self._by_glue.get(glue_key(span), ()) if _glued_so(span, n)]
            if names or glued:
                return _hit(start, end, names or glued, bool(glued))
        return None

    def _may_stand(self, name: _Name, words: Sequence[Keys], start: int, end: int) -> bool:
        """Guard (b): a one-word name needs its introducer, unless a displayable name is the whole query."""
        if len(name.words) > 1 or (name.display and end - start == len(words)):
            return True
        folds = tuple(word.fold for word in words[:start])
        return any(folds[-len(introducer) :] == introducer for introducer in INTRODUCERS)

    def _load(self, rows: list[GroupNameRow]) -> None:
        by_words: dict[tuple[Keys, ...], list[GroupNameRow]] = defaultdict(list)
        for row in rows:
            words = tuple(keys_of(row.name))
            if words:
                by_words[words].append(row)
        for words, same in by_words.items():
            official = tuple(row for row in same if row.name == row.official)
            owners = tuple(sorted({Owner(row.group, row.official) for row in same}, key=lambda o: (o.official != same[0].name, o.group)))
            name = _Name(words, owners, bool(official), any(row.display for row in same))
            self._by_fold[tuple(word.fold for word in words)].append(name)
            for glue in _glue_keys(words):
                self._by_glue[glue].append(name)
        self.displayed = tuple(sorted({row.name for row in rows if row.display}))


def _glue_keys(words: Sequence[Keys]) -> dict[str, None]:
    """The glue keys of a name, also with y where i is written for it: "NungQuyRin" holds no word "quy" that could become "qui"."""
    glue = glue_key(words)
    return dict.fromkeys((glue, "".join(word.typed_fold for word in words))) if glue else {}


def written_so(span: Sequence[Keys], own: Sequence[Keys], mode: Mode) -> bool:
    """Guard (a): what the reader marked must be marked so in the name's own words; a query in full marks must match altogether."""
    return all(
        typed.exact == name.exact if mode is Mode.FULL or typed.toned else typed.notone == name.notone or not typed.marked
        for typed, name in zip(span, own, strict=True)
    )


def _bare(words: Sequence[Keys]) -> Sequence[Keys]:
    """The words without those that only say that a name follows; all of them where nothing would be left."""
    folds = [word.fold for word in words]
    start, end = 0, len(folds)
    while before := next((words for words in BEFORE_A_NAME if tuple(folds[start : start + len(words)]) == words), None):
        start += len(before)
    while after := next((words for words in AFTER_A_NAME if tuple(folds[max(start, end - len(words)) : end]) == words), None):
        end -= len(after)
    return words[start:end] or words


def _begins_so(owner: Owner, words: Sequence[Keys]) -> bool:
    """Whether the official name itself begins like what was typed, marks and all."""
    official = keys_of(owner.official)
    return len(official) >= len(words) and all(
        own.typed_letters.startswith(typed.typed_letters) for own, typed in zip(official, words, strict=False)
    )


def _glued_so(span: Sequence[Keys], name: _Name) -> bool:
    """Whether the span is the name written together or apart; one word for one word is no gluing."""
    if len(span) == len(name.words):
        return False
    if not any(word.marked for word in span):
        return True
    typed, own = ("".join(word.typed_letters for word in side) for side in (span, name.words))
    tones = ["".join(word.tones for word in side) for side in (span, name.words)]
    return typed == own and (tones[0] == tones[1] or not tones[0])


def _hit(start: int, end: int, names: list[_Name], glued: bool) -> NameHit:
    owners = tuple(dict.fromkeys(owner for name in names for owner in name.owners))
    return NameHit(
        start,
        end,
        owners,
        expands=glued or not any(name.official for name in names),
        glued=glued,
        display=any(name.display for name in names),
    )
