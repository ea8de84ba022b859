"""Which records a request of the list means: those whose boxes are ticked, or all that its filters and its search find."""

from typing import Any

from library.records.access.permissions import records_with_any_right
from library.records.queryset import RecordQuerySet
from media_pipeline.text.names import named_like

from ...views.filters import RecordFilterSet

ALL = "all"
LONGEST_KEY = 19  # digits: more are no key of a database


def selection(request: Any) -> RecordQuerySet:
    """The records on which the person has a right, of those that the request means."""
    records = records_with_any_right(request.user).order_by()
    keys = request.GET.getlist("id")
    if ALL not in keys:
        return records.filter(pk__in=[key for key in keys if key.isascii() and key.isdecimal() and len(key) < LONGEST_KEY])
    filters = RecordFilterSet(request.GET, queryset=records, request=request)
    if not filters.is_valid():  # else a filter that cannot be read would mean every record
        return records.none()
    typed = request.GET.get("q", "").strip()
    found: RecordQuerySet = named_like(filters.qs, typed, "name_key") if typed else filters.qs
    return found.order_by()
