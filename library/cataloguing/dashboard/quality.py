"""How good the records are: how many have each of the marks of library.records.quality."""

from dataclasses import dataclass

from django.db.models import Count, Q

from library.records.quality import QUALITY_MARKS, QualityMark

from .scope import OWN, Scope, list_address


@dataclass(frozen=True, slots=True)
class QualityLine:
    """``share``: of all records, in per cent. ``address``: the list of these records; empty where the person has no such list."""

    label: str
    number: int
    share: float
    serious: bool
    address: str


def quality(scope: Scope) -> list[QualityLine]:
    """One line for each mark."""
    numbers = scope.counts("quality", lambda: _by_mark(scope) if scope.code == OWN else _at_once(scope))
    return [_line(scope, mark, number) for mark, number in zip(QUALITY_MARKS, numbers, strict=True)]


def _by_mark(scope: Scope) -> list[int]:
    """A query for each mark reads an index; all in one would read every record whole."""
    return [scope.records.filter(mark.condition()).count() for mark in QUALITY_MARKS]


def _at_once(scope: Scope) -> list[int]:
    """All in one query: what a person may see of the whole country costs more to find than what it lacks."""
    counts = [Count("pk", filter=Q(mark.condition())) for mark in QUALITY_MARKS]
    found = scope.records.order_by().aggregate(**{str(place): count for place, count in enumerate(counts)})
    return [found[str(place)] for place in range(len(counts))]


def _line(scope: Scope, mark: QualityMark, number: int) -> QualityLine:
    address = list_address(missing=mark.code) if scope.code == OWN else ""
    return QualityLine(str(mark.label), number, round(100 * number / max(scope.counts.total, 1), 1), mark.serious, address)
