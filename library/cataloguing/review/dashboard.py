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

OPEN_RECORDS = (ReviewState.RETURNED, ReviewState.IN_REVIEW, ReviewState.DRAFT, ReviewState.NEEDS_CHECKING)
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
        files = Asset.objects.filter(pk__in=admin_assets(user, Asset.objects.all()).values("pk"))
        return {
            "records": _state_counts(
                records_with_any_right(user), "review_state", OPEN_RECORDS, reverse(Record.snippet_viewset.get_url_name("list"))
            ),
            "files": _state_counts(files, "state", OPEN_FILES, reverse("media_admin:index")),
        }


def _state_counts(queryset: QuerySet[Any], column: str, states: tuple[Any, ...], address: str) -> list[StateCount]:
    counts = dict(queryset.order_by().values_list(column).annotate(Count("pk", distinct=True)))
    return [
        StateCount(str(state.label), counts[state.value], f"{address}?{column}={state.value}")
        for state in states
        if counts.get(state.value)
    ]
