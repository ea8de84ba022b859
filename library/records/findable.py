"""What a record may be found by: its texts with their languages, and the codes it is filtered by. Pure over prefetched rows.

Only what everybody who sees the record may see: parts with a narrower level stay out, so that a match can never betray them.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from library.access import strictest

from .profiles import facet_values, profile, searchable_text

if TYPE_CHECKING:
    from .models import Record, RecordMedia

VIETNAMESE, ENGLISH = "vi", "en"
LISTING_KINDS = {"listing_of", "part_of"}  # relations that name the practice a record belongs to


class FoundText(NamedTuple):
    """A text of a record: which field, in which language (BCP 47), and its words."""

    field: str
    language: str
    text: str


def texts_of(record: "Record") -> list[FoundText]:
    """Every text of the core and of the profile that is searched, in the order of the page; empty ones left out."""
    core = [
        FoundText("title", VIETNAMESE, record.title_vi),
        FoundText("title", ENGLISH, record.title_en),
        FoundText("summary", VIETNAMESE, record.summary_vi),
        FoundText("summary", ENGLISH, record.summary_en),
        *(FoundText(row.role, row.language, row.text) for row in record.texts.all()),
        FoundText("place_recorded", VIETNAMESE, record.place_recorded),
        FoundText("rights_holder", VIETNAMESE, record.rights_holder),
        *(FoundText("people", VIETNAMESE, row.name) for row in record.people.all()),
        *(FoundText("tags", VIETNAMESE, tag.name) for tag in record.tags.all()),
        FoundText("details", VIETNAMESE, searchable_text(profile(record.record_type), record.details)),
        *(FoundText("alt", VIETNAMESE, text) for row in _open_media(record) for text in (row.alt_vi, row.caption_vi)),
    ]
    return [found for found in core if found.text.strip()]


def facets_of(record: "Record") -> dict[str, list[str]]:
    """Facet name → codes, for the core and for the profile; facets without a value are left out."""
    core: dict[str, Iterable[str]] = {
        "type": [record.record_type],
        "groups": [group.code for group in record.groups.all()],
        "subgroups": [str(name.pk) for name in record.subgroups.all()],
        "community": [community.slug for community in record.communities.all()],
        "places": [unit.key for unit in record.places.all()],
        "former_units": [unit.key for unit in record.former_units.all()],
        "language": [term.code for term in record.languages.all()],
        "script": [term.code for term in record.scripts.all()],
        "unesco_domain": [term.code for term in record.unesco_domains.all()],
        "media": sorted({row.asset.kind for row in _open_media(record)}),
        "rights": [record.rights.code],
        "access": [record.access_level],
        "labels": [row.label.code for row in record.labels.all()],
        "warnings": [term.code for term in record.warnings.all()],
        "practice": [row.target.identifier for row in record.relations.all() if row.kind in LISTING_KINDS],
        "vitality": [record.vitality],
        "collected_at": [record.collected_at],
    }
    named = {name: [code for code in codes if code] for name, codes in core.items()}
    return {name: codes for name, codes in {**named, **facet_values(profile(record.record_type), record.details)}.items() if codes}


def _open_media(record: "Record") -> list["RecordMedia"]:
    """Files whose own level is no narrower than the record's."""
    return [row for row in record.media.all() if strictest(record.access_level, row.own_access) == record.access_level]
