"""The context of the template of a record page: the page itself, and the data for machines in its head.

It queries the database for the records that this one refers to.
"""

from typing import Any

from library.access import Viewer
from library.metadata.schema_org import describe
from library.records.models import Record

from ...queries import for_lines, visible_records
from ..lists.lines import RecordLine, line
from .linked_data import schema_facts
from .page import record_page
from .related import neighbour_ids


def record_context(record: Record, viewer: Viewer, page_number: int) -> dict[str, Any]:
    """``record`` (RecordPage) and ``linked_data`` (JSON-LD as a dictionary), for a viewer.

    ``page_number`` is the page of a document that is shown, from 1; the caller checks that a document has it.
    """
    page = record_page(record, viewer, _neighbours(record, viewer), page_number)
    return {"record": page, "linked_data": describe(schema_facts(record, page))}


def _neighbours(record: Record, viewer: Viewer) -> dict[int, RecordLine]:
    """Key of a related record that the viewer may see → its line."""
    ids = neighbour_ids(record)
    return {neighbour.pk: line(neighbour) for neighbour in for_lines(visible_records(viewer).filter(pk__in=ids))} if ids else {}
