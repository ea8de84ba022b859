"""What is said under a file of a record."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from media_pipeline.choices import Choice

from .wording import Wording, in_reader_language

if TYPE_CHECKING:
    from ..models import RecordMedia


@dataclass(frozen=True, slots=True)
class Label:
    """What is said under a file: what it shows, whose it is, what may be done with it."""

    caption: Wording
    alt: Wording
    credit: str
    made_note: str
    rights: str
    rights_url: str


def label_of(link: "RecordMedia") -> Label:
    """The words of a file's link to its record."""
    return Label(
        caption=in_reader_language(link.caption_vi, link.caption_en),
        alt=in_reader_language(link.alt_vi, link.alt_en),
        credit=link.credit,
        made_note=link.made_note,
        rights=link.rights.label if link.rights else "",
        rights_url=link.rights.uri if link.rights else "",
    )


def original_of(choices: Iterable[Choice]) -> Choice | None:
    """The file as it was given, where staff publish it."""
    return next((choice for choice in choices if choice.role == "original"), None)
