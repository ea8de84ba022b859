"""Records that may belong to the one whose title is being typed in the admin: what the search finds for the title."""

from django.http import HttpRequest, JsonResponse
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from library.records.access.files import viewer_of
from library.records.models import Record

from ..asking.find import SearchUnavailable, find
from ..request import SearchRequest

LONGEST, SHORTEST = 300, 4  # characters of a title
MOST_SHOWN = 5
LONGEST_NOTE = 60  # characters


@require_safe
def list_related(request: HttpRequest) -> JsonResponse:
    """The records with what each is, as JSON, only those that the person may see; none while no engine answers. For staff only."""
    typed, own = request.GET.get("q", "")[:LONGEST].strip(), request.GET.get("own", "")
    rows = _found(typed, request) if len(typed) >= SHORTEST else []
    return JsonResponse({"rows": [_row(record) for record in rows if record.identifier != own][:MOST_SHOWN]})


def _found(typed: str, request: HttpRequest) -> list[Record]:
    try:
        result = find(SearchRequest(text=typed, size=MOST_SHOWN + 1), viewer_of(request.user))
    except SearchUnavailable:
        return []
    return [result.records[hit.id] for hit in result.hits]


def _row(record: Record) -> dict[str, str]:
    note = " · ".join(part for part in (record.type_label, record.group_names) if part)
    return {"title": record.title, "note": Truncator(note).chars(LONGEST_NOTE), "url": record.get_absolute_url()}
