"""A record as one line of a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from library.records.models.choices import AccessLevel, level_mark
from library.records.profiles import profile
from media_pipeline.available_renditions import Picture, picture_of
from media_pipeline.models import Asset

from ..wording import Wording, foreign, in_reader_language
from .kinds import kind_label
from .listings import PublicListing

if TYPE_CHECKING:
    from library.records.models import Record

SHOWN_PLACES = 3
SHOWN_GROUPS = 4


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record in a list: its kind, names, groups and places, and whether it still needs checking.

    ``mark`` says why outsiders do not see it; empty for what everybody sees. ``listings``: what public decisions say of it, by year.
    """

    identifier: str
    url: str
    kind_code: str
    kind: str
    title: Wording
    own_names: tuple[Wording, ...]
    groups: str
    places: str
    needs_checking: bool
    picture: Picture | None
    mark: str
    listings: tuple[PublicListing, ...] = ()

    @property
    def groups_and_places(self) -> str:
        """Groups and places with a dot between them; each part only where there is one."""
        return " · ".join(part for part in (self.groups, self.places) if part)


def line(record: "Record", pictured: bool = False) -> RecordLine:
    """The line of a record fetched by ``queries.for_lines``; ``pictured``: by ``queries.for_pictured_lines``."""
    return RecordLine(
        identifier=record.identifier,
        url=record.get_absolute_url(),
        kind_code=profile(record.record_type).code,
        kind=kind_label(record.record_type),
        title=in_reader_language(record.title_vi, record.title_en),
        own_names=own_names(record),
        groups=shortened((group.name for group in record.groups.all()), SHOWN_GROUPS),
        places=shortened((place.label for place in record.places.all()), SHOWN_PLACES),
        needs_checking=record.needs_checking,
        picture=first_picture(record) if pictured else None,
        mark=level_mark(record.access_level) if record.live else gettext("Chưa đăng"),
    )


def lines(records: Iterable["Record"], pictured: bool = False) -> list[RecordLine]:
    """One line a record, in the order given."""
    return [line(record, pictured) for record in records]


def shortened(names: Iterable[str], most: int) -> str:
    """The first names of a list between commas, with an ellipsis for the rest."""
    first = list(islice(names, most + 1))
    return ", ".join(first[:most]) + ("…" if len(first) > most else "")


def own_names(record: "Record") -> tuple[Wording, ...]:
    """The names of the thing in the language of its people."""
    return tuple(foreign(text.text, text.language) for text in record.texts.all() if text.role == text.Role.VERNACULAR_TITLE)


def first_picture(record: "Record") -> Picture | None:
    """The picture for the record in a list: its first public image, None where it has none. A frame of a film is no such picture."""
    for link in record.media.all():
        usable = link.asset.kind == Asset.Kind.IMAGE and link.asset.state != Asset.State.WITHDRAWN
        if usable and link.own_access == AccessLevel.PUBLIC:
            return picture_of(link.asset)
    return None
