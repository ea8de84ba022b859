"""Looks for pictures of the library that look like those of the table. Each photograph is compared once, when its look is known."""

from media_pipeline.looks import NEAR, distance
from media_pipeline.models import Asset

from ..models import LightTable, Photograph

MOST_NEAR = 20  # stored for one photograph


def compare(table: LightTable) -> int:
    """Compares the photographs whose look is known now; returns how many."""
    rows = list(table.photographs.filter(compared=False).exclude(asset=None).exclude(asset__look="").select_related("asset"))
    if not rows:
        return 0
    own = table.photographs.exclude(asset=None).values("asset")
    looks = Asset.objects.exclude(look="").exclude(pk__in=own).values_list("pk", "look")
    library = [(pk, look) for pk, look in looks.iterator()]
    for row in rows:
        row.near = _near(row.asset.look if row.asset else "", library)
        row.compared = True
    Photograph.objects.bulk_update(rows, ["near", "compared"])
    return len(rows)


def _near(look: str, library: list[tuple[int, str]]) -> list[int]:
    near = sorted((away, pk) for pk, other in library if (away := distance(look, other)) <= NEAR)
    return [pk for _away, pk in near[:MOST_NEAR]]
