"""How good the records are: how many have each of the marks of library.records.quality."""

from dataclasses import dataclass

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


def quality(scope: Scope, total: int) -> list[QualityLine]:
    """One line for each mark. A query for each: all in one would read every record whole, three times as long."""
    return [_line(scope, mark, scope.records.filter(mark.condition()).count(), total) for mark in QUALITY_MARKS]


def _line(scope: Scope, mark: QualityMark, number: int, total: int) -> QualityLine:
    address = list_address(missing=mark.code) if scope.code == OWN else ""
    return QualityLine(str(mark.label), number, round(100 * number / max(total, 1), 1), mark.serious, address)
