"""The pages of the records of a pack, as everybody may see them, with the words by which the search in it finds them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from django.utils.text import Truncator

from library.access import ANONYMOUS
from library.pages.presentation.record.details import DetailRow
from library.pages.presentation.record.page import RecordPage, record_page
from library.pages.presentation.record.related import neighbour_ids
from library.presentation.lists.lines import line
from library.presentation.queries import for_lines, for_page, visible_records
from library.records.access.consents import consent_holds, needs_consent
from library.records.models import Record

from ..files import PackedFile, packed_files, shown_keys
from .frame import Frame

AT_ONCE = 50  # records in one round of queries
SEARCHED = 1_500  # characters of a record that the search in the pack reads


@dataclass(frozen=True, slots=True)
class Written:
    """The page of one record. ``entry``: identifier, title, what stands under it, words to search."""

    record: Record
    path: str
    html: str
    files: list[PackedFile]
    assets: list[int]
    tracks: list[int]
    contact: bool
    entry: tuple[str, str, str, str]


def path_of_record(identifier: str) -> str:
    """Where the page of a record lies in a pack."""
    return f"records/{identifier}.html"


def batches(keys: Sequence[int]) -> Iterator[list[int]]:
    """The keys in rounds."""
    left = iter(keys)
    while some := list(islice(left, AT_ONCE)):
        yield some


def written_pages(keys: Sequence[int], frame: Frame) -> Iterator[Written]:
    """The pages of one round of records, in its order, without those that were closed meanwhile. A fixed number of queries a round."""
    records = for_page(visible_records(ANONYMOUS).filter(pk__in=keys), 1).prefetch_related("contact_consents").in_bulk()
    ordered = [records[key] for key in keys if key in records]
    named = {key for record in ordered for key in neighbour_ids(record)}
    neighbours = {each.pk: line(each) for each in for_lines(visible_records(ANONYMOUS).filter(pk__in=named))}
    for record in ordered:
        yield _written(record, record_page(record, ANONYMOUS, neighbours), frame)


def _written(record: Record, page: RecordPage, frame: Frame) -> Written:
    files = packed_files(record, page, frame.pack.weight)
    assets, tracks = shown_keys(record, files)
    path = path_of_record(record.identifier)
    shown = replace(page, province_codes=[])  # a map of the whole country on every page would weigh more than the words
    return Written(
        record=record,
        path=path,
        html=frame.page("record.html", {"record": shown, "files": files}, path),
        files=files,
        assets=assets,
        tracks=tracks,
        contact=needs_consent(record) and consent_holds(record),
        entry=(record.identifier, page.line.title.plain, _under(page), _words(page)),
    )


def _under(page: RecordPage) -> str:
    names = ", ".join(name.plain for name in page.line.own_names)
    return " · ".join(part for part in (page.line.kind, names, page.line.groups_and_places) if part)


def _words(page: RecordPage) -> str:
    words = [page.lede.plain, *(title.plain for _role, title in page.other_titles), *page.tags, *_values(page.rows)]
    return Truncator(" ".join(word for word in words if word)).chars(SEARCHED, truncate="")


def _values(rows: Iterable[DetailRow]) -> Iterator[str]:
    for row in rows:
        for value in row.values:
            yield value.words.plain
            yield from _values(value.rows)
