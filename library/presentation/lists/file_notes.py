"""What can be heard, seen or read of a record, as a line of a list says it: how long, how many, how heavy, before the tap."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from library.records.models.choices import AccessLevel
from media_pipeline.available_renditions import other_sound_of
from media_pipeline.models import Asset, Derivative

if TYPE_CHECKING:
    from library.records.models import Record

#: Kinds in the order in which a line names them, each with the role of the files that weigh it.
ROLES = {Asset.Kind.AUDIO: Derivative.Role.SOUND, Asset.Kind.VIDEO: Derivative.Role.FILM, Asset.Kind.DOCUMENT: Derivative.Role.PAGE}


@dataclass(frozen=True, slots=True)
class FileNote:
    """The first file of a kind. ``size_bytes`` is that of its lightest rendition, of a document that of its first page."""

    kind: str
    duration_ms: int
    pages: int
    size_bytes: int


def file_notes(record: "Record") -> Iterator[FileNote]:
    """One note for each kind of file that is open to whoever sees the record, fetched by ``queries.files_on_a_line``."""
    links = [link for link in record.media.all() if link.own_access == AccessLevel.PUBLIC and link.asset.state == Asset.State.READY]
    for kind, role in ROLES.items():
        notes = (_note(link.asset, role) for link in links if link.asset.kind == kind)
        if note := next(filter(None, notes), None):
            yield note


def _note(asset: Asset, role: str) -> FileNote | None:
    """The note of one file; None while nothing of it can be played."""
    sizes = [each.size_bytes for each in asset.current if each.role == role and not other_sound_of(each)]
    return FileNote(asset.kind, asset.duration_ms or 0, asset.pages or 0, min(sizes)) if sizes else None
