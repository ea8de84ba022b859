"""The files of a record as a reader may have them: pictures, recordings, documents page by page."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from library.access import PUBLIC, Viewer, may_read_part
from media_pipeline.choices import Choice, Picture
from media_pipeline.models import Asset, TextTrack

from .file_labels import Label, label_of, original_of
from .recordings import Recording, recording
from .wording import Wording, foreign

if TYPE_CHECKING:
    from ..models import Record, RecordMedia

RECORDED = {Asset.Kind.AUDIO, Asset.Kind.VIDEO}
WRITTEN = {TextTrack.Role.PAGE_TEXT, TextTrack.Role.OCR}


@dataclass(frozen=True, slots=True)
class Image:
    """A picture; ``picture`` is None while its copies are being made."""

    label: Label
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class Document:
    """One page of a document: its words, its picture, and where the other pages are."""

    number: int
    label: Label
    leaf: int
    leaves: int
    words: list[Wording]
    machine_read: bool
    scan: Choice | None
    original: Choice | None

    @property
    def previous(self) -> int | None:
        """The page before, if there is one."""
        return self.leaf - 1 if self.leaf > 1 else None

    @property
    def following(self) -> int | None:
        """The page after, if there is one."""
        return self.leaf + 1 if self.leaf < self.leaves else None


@dataclass(frozen=True, slots=True)
class Files:
    """All files of a record that the reader may have."""

    images: list[Image]
    recordings: list[Recording]
    documents: list[Document]


def files(record: "Record", viewer: Viewer, leaf: int = 1) -> Files:
    """The files of a record fetched for its page; ``leaf`` is the page of its documents that is open."""
    open_links = (link for link in record.media.all() if link.asset.state != Asset.State.WITHDRAWN)
    links = [link for link in open_links if may_read_part(viewer, link.own_access, record)]
    kept: dict[str, list[RecordMedia]] = {}
    for link in links:
        kept.setdefault("recording" if link.asset.kind in RECORDED else link.asset.kind, []).append(link)
    may = _Permission(viewer, record)
    return Files(
        images=[Image(label_of(link), link.asset.picture()) for link in kept.get(Asset.Kind.IMAGE, [])],
        recordings=[recording(link, number, may.tracks(link.asset)) for number, link in enumerate(kept.get("recording", []), start=1)],
        documents=[_document(link, number, leaf, may) for number, link in enumerate(kept.get(Asset.Kind.DOCUMENT, []), start=1)],
    )


@dataclass(frozen=True, slots=True)
class _Permission:
    viewer: Viewer
    record: "Record"

    def tracks(self, asset: Asset) -> list[TextTrack]:
        """The tracks that the reader may have; a track may be more restricted than its file."""
        shown = [track for track in asset.tracks.all() if track.shown]
        return [track for track in shown if may_read_part(self.viewer, track.audience or PUBLIC, self.record)]


def _document(link: "RecordMedia", number: int, leaf: int, may: _Permission) -> Document:
    asset, choices = link.asset, link.asset.choices()
    read = [track for track in may.tracks(asset) if track.role in WRITTEN][:1]
    scans = [choice for choice in choices if choice.role == "page" and choice.name.startswith(f"page-{leaf}-")]
    return Document(
        number=number,
        label=label_of(link),
        leaf=leaf,
        leaves=asset.pages or 1,
        words=[foreign(each.text, track.language) for track in read for each in track.segments.all() if each.page == leaf],
        machine_read=any(track.role == TextTrack.Role.OCR for track in read),
        scan=min(scans, key=lambda choice: choice.size_bytes, default=None),
        original=original_of(choices),
    )
