"""The context of the template of a record page: the page itself, and the data for machines in its head.

It queries the database for the records that this one refers to, and for those that share facts with it.
"""

from typing import Any

from library.access import WITHDRAWN, Viewer
from library.metadata.schema_org import describe
from library.presentation.lists.lines import RecordLine, line
from library.presentation.queries import for_lines, visible_records
from library.records.models import Record

from ...queries.shared_facts import sharing_facts
from .linked_data import schema_facts
from .page import record_page
from .related import neighbour_ids


def record_context(record: Record, viewer: Viewer, page_number: int, drafts: bool = False) -> dict[str, Any]:
    """``record`` (RecordPage) and ``linked_data`` (JSON-LD as a dictionary), for a viewer.

    ``page_number`` is the page of a document that is shown, from 1; the caller checks that a document has it. ``drafts``: related
    records that are not published are named, too, if the viewer may see them.
    """
    named = neighbours(record, viewer, drafts)
    page = record_page(record, viewer, named, page_number, sharing_facts(record, viewer, without=named))
    return {"record": page, "linked_data": describe(schema_facts(record, page))}


def neighbours(record: Record, viewer: Viewer, drafts: bool = False) -> dict[int, RecordLine]:
    """Key of a related record that the viewer may see → its line. What was withdrawn is never named."""
    ids = neighbour_ids(record)
    if not ids:
        return {}
    records = Record.objects.visible_to(viewer).exclude(access_level=WITHDRAWN) if drafts else visible_records(viewer)
    return {neighbour.pk: line(neighbour) for neighbour in for_lines(records.filter(pk__in=ids))}
