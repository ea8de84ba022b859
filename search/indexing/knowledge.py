"""What understanding a query needs to know, cached by each process: the lexicon learned from public text, the names of peoples, and what
curators set for questions."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from django.db.models import Count, Max
from django.utils import timezone

from library.access import ANONYMOUS, PUBLIC
from library.records.models import HeritageListing, Record
from library.vocabularies.models import AdminUnit, EthnicGroup, GroupName

from ..analysis import Keys, keys_of
from ..engines.base import LONGEST_RECURRING, SearchDocument
from ..engines.registry import lexicon_path
from ..facets import labels
from ..models import CuratedQuestion
from ..understanding import (
    CuratedQuestions,
    CuratedRow,
    EmptyLexicon,
    GroupNameRow,
    LearnedLexicon,
    Learner,
    Lexicon,
    NameAuthority,
    SynonymRow,
)
from ..understanding.lexicon import KNOWN_FROM
from .documents import documents_of
from .reading import RecordReader, indexed

LOOK_AGAIN_AFTER = 10.0  # seconds
CHUNK = 500
PROVINCES = (AdminUnit.Level.PROVINCE, AdminUnit.Level.FORMER_PROVINCE)
RECURRING_HELD = 20_000  # different ones
Value = TypeVar("Value")


class Cached(Generic[Value]):
    """A value made again when its stamp has changed, which is looked at no more than every few seconds."""

    def __init__(self, stamp: Callable[[], object], make: Callable[[], Value]) -> None:
        self._stamp, self._make = stamp, make
        self._value: Value | None = None
        self._stamped: object = None
        self._look_again = 0.0

    def get(self) -> Value:
        """The value, up to date within a few seconds."""
        if self._value is None or time.monotonic() > self._look_again:
            stamp = self._stamp()
            if self._value is None or stamp != self._stamped:
                self._value, self._stamped = self._make(), stamp
            self._look_again = time.monotonic() + LOOK_AGAIN_AFTER
        return self._value

    def forget(self) -> None:
        """Make it again at the next call."""
        self._value = None
        self._look_again = 0.0


class Study:
    """Learns spelling from documents that an anonymous reader may read, from the names that may be shown, and from what public
    decisions call what they list."""

    def __init__(self) -> None:
        self._learner = Learner()
        self._recurring: Counter[str] = Counter()  # short texts that stand in many records: counted whole, read once

    def read(self, documents: Iterable[SearchDocument]) -> None:
        """Learn from documents; one that not everybody may read teaches nothing."""
        recurring: list[str] = []
        others: list[Sequence[Keys]] = []
        for document in documents:
            if PUBLIC not in document.access_tokens:
                continue
            for field, texts in document.texts.items():
                longest = LONGEST_RECURRING[field]
                recurring += [text for text in texts if len(text) <= longest]
                others += [words for text, words in zip(texts, document.words[field], strict=True) if len(text) > longest]
        self._recurring.update(recurring)
        self._learner.read(*others)
        if len(self._recurring) > RECURRING_HELD:
            self._read_recurring()

    def save(self) -> None:
        """Write the new lexicon in the place of the old one."""
        decided = HeritageListing.objects.values_list("title", flat=True).distinct()
        self._recurring.update(dict.fromkeys([*names().displayed, *decided], KNOWN_FROM))
        self._read_recurring()
        self._learner.save(lexicon_path())
        _lexicon.forget()

    def _read_recurring(self) -> None:
        for text, times in self._recurring.items():
            self._learner.read(keys_of(text), times=times)
        self._recurring.clear()


def learn() -> None:
    """Learn spelling again from the whole collection."""
    study = Study()
    reader, public, after = RecordReader(), indexed(Record.objects.visible_to(ANONYMOUS)).order_by("pk"), 0
    while ids := list(public.filter(pk__gt=after).values_list("pk", flat=True)[:CHUNK]):
        study.read(documents_of(reader.read(ids)))
        after = ids[-1]
    study.save()


def lexicon() -> Lexicon:
    """The lexicon learned last, or an empty one."""
    return _lexicon.get()


def names() -> NameAuthority:
    """The names of all groups."""
    return _names.get()


def places() -> NameAuthority:
    """The names of provinces, today's and former ones; an owner's ``group`` is ``facet=value``."""
    return _places.get()


def curated_questions() -> CuratedQuestions:
    """What curators set for questions, as far as it is in force today."""
    return _curated.get()


def curated_rows(but: int | None = None) -> list[CuratedRow]:
    """The rows in force today, but for the one of this primary key."""
    questions = CuratedQuestion.objects.in_force(timezone.localdate()).exclude(pk=but).prefetch_related("pins", "bars", "synonyms")
    return [
        CuratedRow(
            question.question,
            tuple(pin.record_id for pin in question.pins.all()),
            tuple(bar.record_id for bar in question.bars.all()),
            tuple(SynonymRow(each.words, each.both_ways) for each in question.synonyms.all()),
        )
        for question in questions
    ]


def forget() -> None:
    """Read everything again at the next call."""
    for cache in (_lexicon, _names, _places, _curated):
        cache.forget()
    labels.forget()


def _lexicon_stamp() -> object:
    try:
        file = lexicon_path().stat()
    except FileNotFoundError:
        return None
    return file.st_mtime_ns, file.st_ino


def _read_lexicon() -> Lexicon:
    return LearnedLexicon(lexicon_path()) if lexicon_path().exists() else EmptyLexicon()


def _names_stamp() -> object:
    """Names change rarely and by hand: their number and the newest row tell."""
    newest = GroupName.objects.order_by("-pk").values_list("pk", flat=True).first()
    return newest, GroupName.objects.count(), time.monotonic() // 60


def _read_names() -> NameAuthority:
    groups = EthnicGroup.objects.all()
    official = [GroupNameRow(group.name_vi, group.slug, group.name_vi, display=True) for group in groups]
    rows = GroupName.objects.select_related("group")
    others = [GroupNameRow(row.name, row.group.slug, row.group.name_vi, row.display) for row in rows]
    return NameAuthority([*official, *others])


def _curated_stamp() -> object:
    """A change of pins, bars or synonyms writes the time of their question; a question that ends does so at midnight."""
    rows = CuratedQuestion.objects.aggregate(newest=Max("changed_at"), number=Count("pk"))
    return rows["newest"], rows["number"], timezone.localdate()


def place_key(unit: AdminUnit) -> str:
    """``facet=value`` of a unit of today or of before."""
    today = unit.level in (AdminUnit.Level.PROVINCE, AdminUnit.Level.COMMUNE)
    return f"{'places' if today else 'former_units'}={unit.pk}"


def _read_places() -> NameAuthority:
    """Those of today before the former ones that bore their names."""
    units = AdminUnit.objects.filter(level__in=PROVINCES).order_by("-level", "pk")
    return NameAuthority(GroupNameRow(unit.label_vi, place_key(unit), unit.label_vi, display=True) for unit in units)


_lexicon: Cached[Lexicon] = Cached(_lexicon_stamp, _read_lexicon)
_names: Cached[NameAuthority] = Cached(_names_stamp, _read_names)
_places: Cached[NameAuthority] = Cached(lambda: time.monotonic() // 600, _read_places)
_curated: Cached[CuratedQuestions] = Cached(_curated_stamp, lambda: CuratedQuestions(curated_rows()))
