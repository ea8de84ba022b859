"""The records that an editorial page names, as far as this reader may see them: fetched once for the whole page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from library.access import Viewer
from library.presentation.lists.lines import RecordLine, line
from library.presentation.media.files import Files, files
from library.presentation.queries import for_page, visible_records
from library.records.models import Record


@dataclass(frozen=True, slots=True)
class ReadableRecords:
    """Records by key; one that the reader may not see is not in it."""

    viewer: Viewer
    by_key: Mapping[int, Record]

    def of(self, chosen: Record | None) -> Record | None:
        """The record that a block names; None where the reader may not see it."""
        return self.by_key.get(chosen.pk) if chosen is not None else None

    def all_of(self, chosen: Iterable[Record | None]) -> list[Record]:
        """Those of several that the reader may see."""
        return [record for record in map(self.of, chosen) if record is not None]

    def files(self, record: Record) -> Files:
        """The files of a record that the reader may have."""
        return files(record, self.viewer)

    def line(self, record: Record) -> RecordLine:
        """The line of a record, with its picture."""
        return line(record, pictured=True)


def readable_records(keys: Iterable[int], viewer: Viewer) -> ReadableRecords:
    """The published records among ``keys`` that the viewer may see, with all that their pages show."""
    wanted = set(keys)
    records = for_page(visible_records(viewer).filter(pk__in=wanted), 1) if wanted else []
    return ReadableRecords(viewer, {record.pk: record for record in records})


def record_keys(stream: Any) -> set[int]:
    """The keys of all records that the blocks of a stream name."""
    return {int(key) for model, key, *_path in stream.stream_block.extract_references(stream) if model is Record}
