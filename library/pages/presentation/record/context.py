"""What the template of a record page is given: the page itself, and what machines are told in its head."""

from typing import Any

from library.access import Viewer
from library.metadata.schema_org import describe
from library.records.models import Record

from ...queries import for_lines, seen_by
from ..lists.lines import Line, line
from .linked_data import facts
from .page import record_page
from .related import neighbour_ids


def record_context(record: Record, viewer: Viewer, page_number: int) -> dict[str, Any]:
    """``record`` (RecordPage) and ``linked_data`` (JSON-LD as a dictionary), for a reader with these rights.

    ``page_number`` is the page of a document that is shown, from 1; whether a document has it, the caller asks.
    """
    page = record_page(record, viewer, _neighbours(record, viewer), page_number)
    return {"record": page, "linked_data": describe(facts(record, page))}


def _neighbours(record: Record, viewer: Viewer) -> dict[int, Line]:
    """Key of a related record that the reader may see → its line."""
    ids = neighbour_ids(record)
    return {each.pk: line(each) for each in for_lines(seen_by(viewer).filter(pk__in=ids))} if ids else {}
