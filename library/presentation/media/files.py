"""The files of a record as a viewer may have them: pictures, recordings, documents page by page."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from library.access import Viewer, may_read_part
from media_pipeline.available_renditions import Picture, picture_of
from media_pipeline.models import Asset, Derivative

from ..wording import Wording, foreign
from .documents import Document, document
from .file_labels import Label, label_of
from .playback import PlayerAid
from .recordings import Recording, recording
from .tracks import ReadableTracks

if TYPE_CHECKING:
    from library.records.models import Record, RecordMedia

RECORDING = "recording"
RECORDED = {Asset.Kind.AUDIO, Asset.Kind.VIDEO}


@dataclass(frozen=True, slots=True)
class Image:
    """A picture; ``picture`` is None while its copies are being made."""

    number: int
    label: Label
    picture: Picture | None
    tiles: PlayerAid | None  # for deep zoom, where the picture is large enough to have them


@dataclass(frozen=True, slots=True)
class Files:
    """All files of a record that the viewer may have; false where there is none."""

    images: list[Image]
    recordings: list[Recording]
    documents: list[Document]

    @property
    def visible(self) -> bool:
        """Whether anything of it can be seen: a picture, a film, a page."""
        return bool(self.images or self.documents or any(recording.poster for recording in self.recordings))

    def __bool__(self) -> bool:
        return bool(self.images or self.recordings or self.documents)


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """The words of one page of one document; ``document`` is its number on the record's page."""

    document: int
    page: int
    words: Wording


def files(record: "Record", viewer: Viewer, page_number: int = 1) -> Files:
    """The files of a record fetched for its page, its documents open at ``page_number``."""
    by_kind = _by_kind(record, viewer)
    tracks = ReadableTracks(viewer, record)
    return Files(
        images=[_image(link, number) for number, link in enumerate(by_kind[Asset.Kind.IMAGE], start=1)],
        recordings=[recording(link, number, tracks.of(link.asset)) for number, link in enumerate(by_kind[RECORDING], start=1)],
        documents=[document(link, number, page_number, tracks) for number, link in enumerate(by_kind[Asset.Kind.DOCUMENT], start=1)],
    )


def numbers_on_page(record: "Record", viewer: Viewer) -> dict[int, int]:
    """Key of a link to a file → the number of the file on the record's page, among the files of its kind that the viewer may have."""
    return {link.pk: number for links in _by_kind(record, viewer).values() for number, link in enumerate(links, start=1)}


def document_pages(record: "Record", viewer: Viewer) -> Iterator[DocumentPage]:
    """The words of all pages of all documents that the viewer may have, in order. The files must be fetched with all segments."""
    tracks = ReadableTracks(viewer, record)
    for number, link in enumerate(_by_kind(record, viewer)[Asset.Kind.DOCUMENT], start=1):
        for page, (track, text) in sorted(tracks.pages_of(link.asset).items()):
            yield DocumentPage(number, page, foreign(text, track.language))


def _by_kind(record: "Record", viewer: Viewer) -> "defaultdict[str, list[RecordMedia]]":
    """The files that the viewer may have, by kind; sound and film are one kind."""
    links: defaultdict[str, list[RecordMedia]] = defaultdict(list)
    for link in record.media.all():
        if link.asset.state != Asset.State.WITHDRAWN and may_read_part(viewer, link.own_access, record):
            links[RECORDING if link.asset.kind in RECORDED else link.asset.kind].append(link)
    return links


def _image(link: "RecordMedia", number: int) -> Image:
    asset = link.asset
    tiles = next((derivative for derivative in asset.current if derivative.role == Derivative.Role.TILES), None)
    address = PlayerAid(reverse("media:tile_info", args=[asset.uuid]), tiles.size_bytes) if tiles else None
    return Image(number, label_of(link), picture_of(asset), address)
