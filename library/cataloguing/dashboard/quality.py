"""How good the records are: how many have each of the marks of library.records.quality."""

from dataclasses import dataclass

from django.db.models import Count, Q

from library.records.quality import QUALITY_MARKS

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
    """One line for each mark."""
    counts = scope.records.order_by().aggregate(
        **{f"mark_{place}": Count("pk", filter=Q(mark.condition())) for place, mark in enumerate(QUALITY_MARKS)}
    )
    return [
        QualityLine(
            str(mark.label),
            number := counts[f"mark_{place}"],
            round(100 * number / max(total, 1), 1),
            mark.serious,
            list_address(missing=mark.code) if scope.code == OWN else "",
        )
        for place, mark in enumerate(QUALITY_MARKS)
    ]
