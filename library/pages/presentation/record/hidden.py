"""What outsiders do not see on the page of a record that they may see."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from library.access import ANONYMOUS, PUBLIC, Viewer
from library.records.access.files import level_of_track
from media_pipeline.models import Asset

from .context import neighbours
from .details import detail_rows

if TYPE_CHECKING:
    from library.records.models import Record


@dataclass(frozen=True, slots=True)
class HiddenParts:
    """How many parts of each kind the public does not see; false where it sees all."""

    files: int
    texts: int
    related: int
    fields: int

    def __bool__(self) -> bool:
        return any((self.files, self.texts, self.related, self.fields))


def hidden_parts(record: "Record", officer: Viewer) -> HiddenParts:
    """Counts what the officer may see and outsiders will not, once the record is published."""
    links = [link for link in record.media.all() if link.asset.state != Asset.State.WITHDRAWN]
    shown = [link.asset for link in links if link.own_access == PUBLIC]
    tracks = [track for asset in shown for track in asset.tracks.all() if track.shown]
    return HiddenParts(
        files=len(links) - len(shown),
        texts=sum(level_of_track(track) != PUBLIC for track in tracks),
        related=len(neighbours(record, officer, drafts=True).keys() - neighbours(record, ANONYMOUS).keys()),
        fields=len(detail_rows(record, officer)) - len(detail_rows(record, ANONYMOUS)),
    )
