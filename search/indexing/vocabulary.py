"""The names that may set conditions in a request, read from the authorities and cached by each process."""

import time
from collections.abc import Sequence

from django.utils import timezone

from library.vocabularies.lookup import LANGUAGES
from library.vocabularies.models import AdminUnit, GroupName, Term

from ..analysis import Keys
from ..understanding import GroupNameRow, Mode, NameAuthority, Owner
from ..understanding.conditions import Vocabulary
from .knowledge import Cached, names, place_key, places

Level = AdminUnit.Level
LOWER_LEVELS = (Level.COMMUNE, Level.FORMER_DISTRICT, Level.FORMER_COMMUNE)
UNIT_KINDS = ("xa", "phuong", "dac-khu", "thi-tran", "thi-xa", "quan", "huyen", "thanh-pho")  # as addresses of units begin
MOST_NAMESAKES = 6  # a name that more units bear says too little
READ_AGAIN_AFTER = 600  # seconds
LANGUAGE_WORD = "tiếng "  # begins the Vietnamese name of a language


def vocabulary() -> Vocabulary:
    """The names of peoples, parts of peoples, languages and places as they are now, and today."""
    languages, parts = _rest.get()
    return Vocabulary(names(), places(), languages, parts, timezone.localdate(), _lower_units)


def _lower_units(words: Sequence[Keys], mode: Mode) -> Sequence[Owner]:
    """The communes of today and the units of before whose name the words are, if they are few."""
    slug = "-".join(word.fold for word in words)
    units = AdminUnit.objects.filter(level__in=LOWER_LEVELS, slug__in=[f"{kind}-{slug}" for kind in UNIT_KINDS])[: MOST_NAMESAKES + 1]
    rows = [GroupNameRow(bare_name(unit), place_key(unit), unit.label_vi, display=True) for unit in units]
    return NameAuthority(rows).owners_named(words, mode) if len(rows) <= MOST_NAMESAKES else ()


def bare_name(unit: AdminUnit) -> str:
    """The name without the word for its kind."""
    return unit.label_vi[len(unit.kind) :].strip() if unit.label_vi.lower().startswith(unit.kind.lower()) else unit.label_vi


def _read() -> tuple[NameAuthority, frozenset[tuple[str, ...]]]:
    terms = Term.objects.filter(vocabulary__code=LANGUAGES)
    called = [(term.code, term.label_vi.removeprefix(LANGUAGE_WORD)) for term in terms]
    parts = GroupName.objects.filter(kind=GroupName.Kind.SUBGROUP).values_list("name", flat=True)
    return NameAuthority(GroupNameRow(name, code, name, display=True) for code, name in called), frozenset(map(Vocabulary.folds, parts))


_rest = Cached(lambda: time.monotonic() // READ_AGAIN_AFTER, _read)
