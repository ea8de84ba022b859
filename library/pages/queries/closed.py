"""How many records of a people are open to its communities alone, where those communities allow that to be said."""

from collections.abc import Sequence
from dataclasses import dataclass

from library.access import Viewer, visible_to
from library.accounts.models import Community
from library.records.models import Record
from library.vocabularies.models import EthnicGroup


@dataclass(frozen=True, slots=True)
class ClosedCount:
    """A people, and how many of its records the viewer may count but not see."""

    group: EthnicGroup
    count: int


def closed_counts(slugs: Sequence[str], viewer: Viewer) -> list[ClosedCount]:
    """The numbers of the peoples of these addresses, in this order, where there are any."""
    if not slugs or not Community.objects.filter(tells_closed_count=True).exists():
        return []
    closed = Record.objects.counted_for_outsiders().exclude(visible_to(viewer))
    groups = sorted(EthnicGroup.objects.filter(slug__in=slugs), key=lambda group: slugs.index(group.slug))
    counts = [ClosedCount(group, closed.filter(groups=group).count()) for group in groups]
    return [closed_count for closed_count in counts if closed_count.count]
