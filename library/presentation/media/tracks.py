"""The tracks of a file that a viewer may read, and the words of a document's pages."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from library.access import Viewer, may_read_part
from library.records.access.files import level_of_track
from media_pipeline.models import Asset, TextTrack

if TYPE_CHECKING:
    from library.records.models import Record

PAGE_ROLES = {TextTrack.Role.PAGE_TEXT, TextTrack.Role.OCR}


@dataclass(frozen=True, slots=True)
class ReadableTracks:
    """The tracks of a record's files, as far as this viewer may read them."""

    viewer: Viewer
    record: "Record"

    def of(self, asset: Asset) -> list[TextTrack]:
        """The tracks of one file; a track may be more restricted than its file."""
        published = [track for track in asset.tracks.all() if track.shown]
        return [track for track in published if may_read_part(self.viewer, level_of_track(track), self.record)]

    def pages_of(self, asset: Asset) -> dict[int, tuple[TextTrack, str]]:
        """Page → its track and its words. The document's own words come before those that a machine read from the pictures."""
        paged = [track for track in self.of(asset) if track.role in PAGE_ROLES]
        own_last = sorted(paged, key=lambda track: track.role == TextTrack.Role.PAGE_TEXT)  # the last one wins
        return {segment.page or 1: (track, segment.text) for track in own_last for segment in track.segments.all()}
