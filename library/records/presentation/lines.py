"""A record as one line of a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from library.vocabularies.models import EthnicGroup
from media_pipeline.models import Asset

from ..models.choices import AccessLevel, ReviewState
from ..profiles import profile
from .kinds import kind_label
from .wording import Wording, foreign, in_reader_language

if TYPE_CHECKING:
    from media_pipeline.choices import Picture

    from ..models import Record
    from ..queryset import RecordQuerySet

SHOWN_PLACES = 3
SHOWN_GROUPS = 4


@dataclass(frozen=True, slots=True)
class Line:
    """What a list says of a record: kind, name, whose and where, and whether it still needs checking."""

    identifier: str
    url: str
    kind_code: str
    kind: str
    title: Wording
    own_names: tuple[Wording, ...]
    groups: str
    places: str
    needs_checking: bool
    picture: "Picture | None"
    picture_alt: str


def for_lines(records: "RecordQuerySet") -> "RecordQuerySet":
    """The records with all that their lines show, in a fixed number of queries."""
    return for_plain_lines(records).with_files().prefetch_related("media__asset__derivatives")


def for_plain_lines(records: "RecordQuerySet") -> "RecordQuerySet":
    """The records with all that their lines show but pictures."""
    groups = Prefetch("groups", EthnicGroup.objects.only("slug", "name_vi", "name_en"))
    return records.prefetch_related(groups, "places", "texts")


def line(record: "Record", pictured: bool = True) -> Line:
    """The line of a record fetched by ``for_lines``; not ``pictured``: by ``for_plain_lines``."""
    picture, alt = first_picture(record) if pictured else (None, "")
    return Line(
        identifier=record.identifier,
        url=record.get_absolute_url(),
        kind_code=profile(record.record_type).code,
        kind=kind_label(record.record_type),
        title=in_reader_language(record.title_vi, record.title_en),
        own_names=own_names(record),
        groups=shortened([group.name for group in record.groups.all()], SHOWN_GROUPS),
        places=shortened([place.label for place in record.places.all()], SHOWN_PLACES),
        needs_checking=record.review_state == ReviewState.NEEDS_CHECKING,
        picture=picture,
        picture_alt=alt,
    )


def lines(records: Iterable["Record"]) -> list[Line]:
    """One line a record, in the order given."""
    return [line(record) for record in records]


def shortened(names: list[str], most: int) -> str:
    """The first names of a list between commas, with an ellipsis for the rest."""
    return ", ".join(names[:most]) + ("…" if len(names) > most else "")


def own_names(record: "Record") -> tuple[Wording, ...]:
    """The names of the thing in the language of its people."""
    return tuple(foreign(text.text, text.language) for text in record.texts.all() if text.role == text.Role.VERNACULAR_TITLE)


def first_picture(record: "Record") -> tuple["Picture | None", str]:
    """The picture that stands for the record, with its words; only a real image stands for a thing."""
    for link in record.media.all():
        usable = link.asset.kind == Asset.Kind.IMAGE and link.asset.state != Asset.State.WITHDRAWN
        if usable and link.own_access == AccessLevel.PUBLIC:
            return link.asset.picture(), in_reader_language(link.alt_vi, link.alt_en).plain
    return None, ""
