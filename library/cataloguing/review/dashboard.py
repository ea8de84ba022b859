"""The panel of open work on the first page of the admin: counts of records and files by state."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from wagtail.admin.ui.components import Component

from library.records.access.files import admin_assets
from library.records.access.permissions import records_with_any_right
from library.records.models import Record
from library.records.models.choices import ReviewState
from media_pipeline.models import Asset

OPEN_RECORDS = (ReviewState.RETURNED, ReviewState.IN_REVIEW, ReviewState.DRAFT)
OPEN_FILES = (Asset.State.FAILED, Asset.State.WAITING, Asset.State.PARTLY, Asset.State.PROCESSING)


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many records or files are in one state, and the address of their list."""

    label: str
    count: int
    url: str


class WorkPanel(Component):
    """The counts of the records and files that the person works with."""

    name = "work"
    template_name = "cataloguing/work.html"
    order = 20

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        records, address = records_with_any_right(user), reverse(Record.snippet_viewset.get_url_name("list"))
        return {
            "records": state_counts(records, "review_state", OPEN_RECORDS, address),
            "to_check": _count_to_check(records, address),
            "files": open_files(user),
        }


def open_files(user: Any) -> list[StateCount]:
    """The files that the person works with and that are not ready, by state."""
    files = Asset.objects.filter(pk__in=admin_assets(user, Asset.objects.all()).values("pk"))
    return state_counts(files, "state", OPEN_FILES, reverse("media_admin:index"))


def state_counts(queryset: QuerySet[Any], column: str, states: tuple[Any, ...], address: str) -> list[StateCount]:
    """One line for each state that occurs, with the address of its list."""
    counts = dict(queryset.filter(**{f"{column}__in": states}).order_by().values_list(column).annotate(Count("pk")))
    return [
        StateCount(str(state.label), counts[state.value], f"{address}?{column}={state.value}")
        for state in states
        if counts.get(state.value)
    ]


def _count_to_check(records: QuerySet[Any], address: str) -> StateCount | None:
    """Published records with the mark "needs checking": a mark of quality, so it stands apart from the states."""
    number = records.filter(review_state=ReviewState.NEEDS_CHECKING).count()
    return StateCount(str(ReviewState.NEEDS_CHECKING.label), number, f"{address}?needs_checking=true") if number else None
