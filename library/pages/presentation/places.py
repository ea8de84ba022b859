"""What a place was before July 2025, and what became of the units of then."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from library.language.collation import vietnamese_order
from library.presentation.places import unit_url
from library.presentation.wording import Wording
from library.vocabularies.models import AdminChange, AdminUnit

from .links import LinkedWords

HOW = {AdminChange.How.PART: _("một phần"), AdminChange.How.UNCHANGED: _("giữ nguyên")}


@dataclass(frozen=True, slots=True)
class Origin:
    """A former unit that went into one of today: its name, the units around it, the nearest first, and whether only a part of it went."""

    unit: LinkedWords
    within: tuple[LinkedWords, ...]
    how: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A former commune, and the communes of today that it went to."""

    name: Wording
    became: tuple[LinkedWords, ...]


def unit_link(unit: AdminUnit) -> LinkedWords:
    """The name of a unit with its page."""
    return LinkedWords(unit_name(unit), unit_url(unit))


def unit_name(unit: AdminUnit) -> Wording:
    """The name of a unit in the reader's language."""
    return Wording(unit.label)


def origins(unit: AdminUnit) -> list[Origin]:
    """The former units that became a unit of today, in alphabetical order."""
    changes = AdminChange.objects.filter(new=unit).select_related("old__parent__parent")
    return [
        Origin(unit_link(change.old), tuple(map(unit_link, _above(change.old))), str(HOW.get(AdminChange.How(change.how), "")))
        for change in sorted(changes, key=lambda change: vietnamese_order(change.old.label))
    ]


def became(unit: AdminUnit) -> list[AdminUnit]:
    """The units of today that a former province went to; there is one."""
    return [change.new for change in AdminChange.objects.filter(old=unit).select_related("new")]


def outcomes(district: AdminUnit) -> list[Outcome]:
    """The communes of a former district, each with what it became; the district itself where it had none."""
    changes = AdminChange.objects.filter(Q(old__parent=district) | Q(old=district)).select_related("old", "new")
    by_old: dict[str, list[AdminChange]] = {}
    for change in sorted(changes, key=lambda change: vietnamese_order(change.old.label)):
        by_old.setdefault(change.old.code, []).append(change)
    return [_outcome(of_one) for of_one in by_old.values()]


def _outcome(changes: list[AdminChange]) -> Outcome:
    return Outcome(unit_name(changes[0].old), tuple(unit_link(change.new) for change in changes))


def _above(unit: AdminUnit) -> Iterable[AdminUnit]:
    while unit.parent is not None:
        unit = unit.parent
        yield unit
