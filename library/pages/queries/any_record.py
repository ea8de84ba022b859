"""A record by chance, for a reader who wants to look around."""

from secrets import SystemRandom

from library.access import Viewer
from library.presentation.queries import WORDS, shown_in_lists, types_of, visible_records
from library.records.models import Record
from library.records.models.identifiers import name_at

from .counts import counts_for

CHANCE = SystemRandom()


def any_record(viewer: Viewer) -> Record | None:
    """A record with a summary to read that the viewer may see, no bare word; None where there is none.

    Identifiers are random: the first one from a point of their order is a fair choice, and an index of type and identifier finds it
    without reading the others. The type is chosen by how many records each has.
    """
    numbers = {kind: number for kind, number in counts_for(viewer).all.items() if kind not in types_of(WORDS)}
    while numbers:
        kind = CHANCE.choices([*numbers], [*numbers.values()])[0]
        readable = shown_in_lists(visible_records(viewer)).filter(record_type=kind).exclude(summary_vi="").order_by("identifier")
        found = readable.filter(identifier__gte=name_at(CHANCE.random())).only("identifier").first() or readable.only("identifier").first()
        if found:
            return found
        del numbers[kind]
    return None
