"""The content of a draft and of a record in the same shape, to find out whether a person edited a record since it was loaded."""

from collections.abc import Iterable
from typing import Any

from ..models import Record
from ..profiles import profile
from ..profiles.values import stored_values
from .drafts import Draft, Lookups

COLUMNS = (
    "record_type",
    "title_vi",
    "title_en",
    "summary_vi",
    "summary_en",
    "summary_reviewed",
    "confidence",
    "credit",
    "place_recorded",
)
ROWS = ("details", "texts", "sources", "listing_of", "dates")
LINKS = ("groups", "subgroups", "places", "former_units", "languages", "unesco_domains")
Content = dict[str, Any]


def columns_of(draft: Draft, lookups: Lookups) -> Content:
    """The columns that a draft fills, by attribute name."""
    return {name: getattr(draft, name) for name in COLUMNS} | {
        "own_access": draft.access,
        "office_id": lookups.offices[draft.office].pk,
        "rights_id": lookups.terms("rights_statements")[draft.rights].pk,
    }


def content_of_draft(draft: Draft, lookups: Lookups) -> Content:
    """All that the file says, comparable with ``content_of_record``. Without the review state: only offices change it."""
    links = {name: sorted(thing.pk for thing in getattr(draft, name)) for name in LINKS}
    return {
        **columns_of(draft, lookups),
        **links,
        "details": stored_values(profile(draft.record_type), draft.details),
        "texts": sorted([role, language, text] for role, language, text in draft.texts),
        "sources": _sources((cited.source.pk, cited.words) for cited in draft.sources),
        "listing_of": sorted(draft.listing_of),
        **({"dates": sorted(draft.dates)} if draft.dates else {}),
    }


def content_of_record(record: Record, shape: Content) -> Content:
    """The same of a record, as it is in the library now; ``shape`` gives the names of the columns."""
    columns = [name for name in shape if name not in (*LINKS, *ROWS)]
    dates = {"dates": sorted(each.edtf for each in record.dates.all())} if "dates" in shape else {}
    return {
        **{name: getattr(record, name) for name in columns},
        **{name: sorted(thing.pk for thing in getattr(record, name).all()) for name in LINKS},
        "details": stored_values(profile(record.record_type), record.details),
        "texts": sorted([text.role, text.language, text.text] for text in record.texts.all()),
        "sources": _sources((cited.source_id or 0, cited.citation) for cited in record.sources.all()),
        "listing_of": sorted(relation.target.source_key or "" for relation in record.relations.all() if relation.kind == "listing_of"),
        **dates,
    }


def _sources(cited: Iterable[tuple[int, str]]) -> list[int | str]:
    """Keys of sources, with what is said of them in words."""
    return [f"{pk} {words}" if words else pk for pk, words in sorted(cited)]
