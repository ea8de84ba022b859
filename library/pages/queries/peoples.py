"""What is asked of one people beside its records: its place by size, its sources, the history that reaches back farthest."""

from django.db.models import Prefetch

from library.calendars.edtf_dates import span
from library.presentation.queries import for_lines, types_of
from library.records.models import Record, RecordDate
from library.records.queryset import RecordQuerySet
from library.vocabularies.models import EthnicGroup, Source

HISTORY = "history"
MOST_COMPARED = 200  # accounts of one people


def place_by_size(group: EthnicGroup) -> int | None:
    """1 for the people with most persons in the census of 2019; None where its number is not known."""
    if group.population_2019 is None:
        return None
    return EthnicGroup.objects.filter(population_2019__gt=group.population_2019).count() + 1


def sources_of(group: EthnicGroup) -> list[Source]:
    """The sources of the authority row of a people."""
    return list(Source.objects.filter(code__in=group.sources))


def earliest_history(records: RecordQuerySet, group: EthnicGroup) -> Record | None:
    """The account of this people's past whose date begins first, else the first one without a date; None where there is none."""
    own = records.filter(record_type__in=types_of(HISTORY), groups=group).order_by("pk")
    lines = for_lines(own, "summary_vi", "summary_en", "summary_reviewed")
    accounts = lines.prefetch_related(Prefetch("dates", RecordDate.objects.exclude(edtf="")))[:MOST_COMPARED]
    return min(accounts, key=_beginning, default=None)


def _beginning(account: Record) -> tuple[bool, int, int]:
    """A sort key: accounts with a date first, by the first day that it may mean."""
    days = [span(row.edtf)[0] for row in account.dates.all()]
    return not days, min(days, default=0), account.pk
