"""The words under a file of a record."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext, gettext_noop

from library.records.models.choices import level_mark
from media_pipeline.available_renditions import Rendition

from ..wording import Wording, foreign, in_reader_language

if TYPE_CHECKING:
    from library.records.models import RecordMedia

#: The library's own notes on files that a machine made, to translate; people may write other notes.
MACHINE_NOTES = (
    gettext_noop("Tệp thử, máy vẽ"),
    gettext_noop("Tệp thử, máy in từ dữ liệu"),
    gettext_noop("Tệp thử, giọng đọc máy"),
    gettext_noop("Giọng đọc máy"),
)


@dataclass(frozen=True, slots=True)
class Label:
    """The words under a file: what it shows, whose it is, what a reader may do with it."""

    caption: Wording
    alt: Wording
    credit: Wording
    made_note: Wording
    rights: str
    rights_url: str
    mark: str  # why outsiders do not see the file; empty where they do

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said under the file."""
        return not (self.caption or self.credit or self.made_note or self.rights or self.mark)


def label_of(link: "RecordMedia") -> Label:
    """The words of a file's link to its record."""
    return Label(
        caption=in_reader_language(link.caption_vi, link.caption_en),
        alt=in_reader_language(link.alt_vi, link.alt_en),
        credit=foreign(link.credit, "vi"),
        made_note=Wording(gettext(link.made_note)) if link.made_note in MACHINE_NOTES else foreign(link.made_note, "vi"),
        rights=link.rights.label if link.rights else "",
        rights_url=link.rights.uri if link.rights else "",
        mark=level_mark(link.own_access),
    )


def original_of(renditions: Iterable[Rendition]) -> Rendition | None:
    """The original file, where staff publish it."""
    return next((rendition for rendition in renditions if rendition.role == "original"), None)
