"""The files of a record as a reader may have them: pictures, recordings, documents page by page."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from library.access import PUBLIC, Viewer, may_read_part
from media_pipeline import derivative_names as names
from media_pipeline.models import Asset, Derivative, TextTrack
from media_pipeline.renditions import Picture, Rendition, picture_of, renditions_of

from ..wording import Wording, foreign
from .file_labels import Label, label_of, original_of
from .playback import Aid
from .recordings import Recording, recording

if TYPE_CHECKING:
    from library.records.models import Record, RecordMedia

RECORDING = "recording"
RECORDED = {Asset.Kind.AUDIO, Asset.Kind.VIDEO}
WRITTEN = {TextTrack.Role.PAGE_TEXT, TextTrack.Role.OCR}


@dataclass(frozen=True, slots=True)
class Image:
    """A picture; ``picture`` is None while its copies are being made."""

    number: int
    label: Label
    picture: Picture | None
    tiles: Aid | None  # for deep zoom, where the picture is large enough to have them


@dataclass(frozen=True, slots=True)
class Document:
    """One page of a document: its words, its picture, and where the other pages are."""

    number: int
    label: Label
    leaf: int
    leaves: int
    words: list[Wording]
    machine_read: bool
    scans: list[Rendition]  # pictures of this page, one a width, the lightest first
    original: Rendition | None

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
    kept = _kinds(record, viewer)
    may = _Permission(viewer, record)
    return Files(
        images=[_image(link, number) for number, link in enumerate(kept[Asset.Kind.IMAGE], start=1)],
        recordings=[recording(link, number, may.tracks(link.asset)) for number, link in enumerate(kept[RECORDING], start=1)],
        documents=[_document(link, number, leaf, may) for number, link in enumerate(kept[Asset.Kind.DOCUMENT], start=1)],
    )


def numbers_on_page(record: "Record", viewer: Viewer) -> dict[int, int]:
    """The number that each file the reader may have bears on the record's page among those of its kind, by the key of its link."""
    return {link.pk: number for links in _kinds(record, viewer).values() for number, link in enumerate(links, start=1)}


def _kinds(record: "Record", viewer: Viewer) -> "defaultdict[str, list[RecordMedia]]":
    """The files that the reader may have, by kind; sound and film are one."""
    kept: defaultdict[str, list[RecordMedia]] = defaultdict(list)
    for link in record.media.all():
        if link.asset.state != Asset.State.WITHDRAWN and may_read_part(viewer, link.own_access, record):
            kept[RECORDING if link.asset.kind in RECORDED else link.asset.kind].append(link)
    return kept


@dataclass(frozen=True, slots=True)
class Leaf:
    """The words of one page of one document; ``document`` is its number on the record's page."""

    document: int
    page: int
    words: Wording


def written_leaves(record: "Record", viewer: Viewer) -> Iterator[Leaf]:
    """The words of all pages of all documents that the reader may have, page by page. The files must be fetched with all segments."""
    may = _Permission(viewer, record)
    for number, link in enumerate(_kinds(record, viewer)[Asset.Kind.DOCUMENT], start=1):
        for page, (track, text) in sorted(may.written(link.asset).items()):
            yield Leaf(number, page, foreign(text, track.language))


@dataclass(frozen=True, slots=True)
class _Permission:
    viewer: Viewer
    record: "Record"

    def tracks(self, asset: Asset) -> list[TextTrack]:
        """The tracks that the reader may have; a track may be more restricted than its file."""
        shown = [track for track in asset.tracks.all() if track.shown]
        return [track for track in shown if may_read_part(self.viewer, track.audience or PUBLIC, self.record)]

    def written(self, asset: Asset) -> dict[int, tuple[TextTrack, str]]:
        """The words of a document's pages with their track, by page: its own before those that a machine read from the pictures."""
        written = [track for track in self.tracks(asset) if track.role in WRITTEN]
        own_last = sorted(written, key=lambda track: track.role == TextTrack.Role.PAGE_TEXT)
        return {each.page or 1: (track, each.text) for track in own_last for each in track.segments.all()}


def _image(link: "RecordMedia", number: int) -> Image:
    asset = link.asset
    tiles = next((each for each in asset.current if each.role == Derivative.Role.TILES), None)
    address = Aid(reverse("media:tile_info", args=[asset.uuid]), tiles.size_bytes) if tiles else None
    return Image(number, label_of(link), picture_of(asset), address)


def _document(link: "RecordMedia", number: int, leaf: int, may: _Permission) -> Document:
    asset, renditions = link.asset, renditions_of(link.asset)
    track, text = may.written(asset).get(leaf, (None, ""))
    scans: dict[int | None, Rendition] = {}
    for rendition in renditions:  # from small to large: of each width the lighter format stays
        if rendition.role == "page" and rendition.name.startswith(names.prefix(names.page_stem(leaf))):
            scans.setdefault(rendition.width, rendition)
    return Document(
        number=number,
        label=label_of(link),
        leaf=leaf,
        leaves=asset.pages or 1,
        words=[foreign(text, track.language)] if track else [],
        machine_read=track is not None and track.role == TextTrack.Role.OCR,
        scans=list(scans.values()),
        original=original_of(renditions),
    )
