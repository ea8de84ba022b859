"""Documents of a record, one page at a time."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from media_pipeline import derivative_names as names
from media_pipeline.available_renditions import Rendition, renditions_of
from media_pipeline.models import TextTrack

from ..wording import Wording, foreign
from .file_labels import Label, label_of, original_of
from .tracks import ReadableTracks

if TYPE_CHECKING:
    from library.records.models import RecordMedia


@dataclass(frozen=True, slots=True)
class Document:
    """A document, open at one page: the words of the page, its picture, and where the other pages are."""

    number: int
    label: Label
    page_number: int
    page_count: int
    words: list[Wording]
    machine_read: bool
    scans: list[Rendition]  # pictures of this page, one a width, the lightest first
    original: Rendition | None

    @property
    def previous(self) -> int | None:
        """The page before, if there is one."""
        return self.page_number - 1 if self.page_number > 1 else None

    @property
    def following(self) -> int | None:
        """The page after, if there is one."""
        return self.page_number + 1 if self.page_number < self.page_count else None


def document(link: "RecordMedia", number: int, page_number: int, tracks: ReadableTracks) -> Document:
    """A document open at ``page_number``; ``number`` is its place among the documents of the record."""
    asset, renditions = link.asset, renditions_of(link.asset)
    track, text = tracks.pages_of(asset).get(page_number, (None, ""))
    return Document(
        number=number,
        label=label_of(link),
        page_number=page_number,
        page_count=asset.pages or 1,
        words=[foreign(text, track.language)] if track else [],
        machine_read=track is not None and track.role == TextTrack.Role.OCR,
        scans=_scans(renditions, page_number),
        original=original_of(renditions),
    )


def _scans(renditions: list[Rendition], page_number: int) -> list[Rendition]:
    """The pictures of one page, one a width."""
    by_width: dict[int | None, Rendition] = {}
    for rendition in renditions:  # from small to large: of each width the lighter format stays
        if rendition.role == "page" and rendition.name.startswith(names.prefix(names.page_stem(page_number))):
            by_width.setdefault(rendition.width, rendition)
    return list(by_width.values())
