"""What readers narrow a search by. Facets are declared in the record profiles; this says what values a record has of the core
ones, and how values are called when a page shows them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from library.access import PUBLIC
from library.calendars.edtf_dates import bounds
from library.records.models import Record
from library.records.models.choices import ReviewState
from library.records.profiles import FacetField, core_profile, facet_values, facets, profile
from library.records.profiles.display import is_public
from library.vocabularies.merges import merges
from library.vocabularies.models import AdminUnit
from media_pipeline.available_renditions import smallest_bytes

from ..understanding.conditions.times import MONTHS_FACET
from . import labels
from .festival_months import months_of_festival
from .labels import CHECKED, SIZES, Labels

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as LazyText

WIDEST_DATE = 100  # years
PRACTICE, PRACTICE_RELATIONS = "heritage-element", ("part_of", "listing_of", "variant_of")
# What readers filter by that is no field of a profile: it is worked out from several. Name → label.
ASKED_IN_WORDS = MONTHS_FACET  # kept for what readers type; no page offers its values
DERIVED = {"size": _("Nhẹ, tải được ngay"), "checking": _("Độ tin cậy"), MONTHS_FACET: _("Tháng")}


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet: its name in the index, its parameter in an address, its label, and how its values are called.

    ``rank`` is the place of a value among the others where they have an order of their own (sizes, years, states); None: none has.
    ``limits``: each value holds all that the values before it hold.
    """

    name: str
    param: str
    label: "str | LazyText"
    labels: Callable[[Iterable[str]], Labels]
    rank: Callable[[str], int] | None = None
    limits: bool = False


@dataclass(frozen=True, slots=True)
class _CoreFacet:
    """How a field of the core becomes a facet."""

    param: str
    values: Callable[[Record], Iterable[str]]
    labels: Callable[[Iterable[str]], Labels] | None = None  # None: the vocabulary or the options of the field
    rank: Callable[[str], int] | None = None  # None: the order of the options of the field, if it has any
    limits: bool = False


def unit_values(units: Iterable[AdminUnit]) -> list[str]:
    """The ids of units and of all units above them, so that a province also counts what lies in its communes."""
    return list(dict.fromkeys(str(unit.pk) for lowest in units for unit in _upwards(lowest)))


def record_facets(record: Record) -> dict[str, tuple[str, ...]]:
    """Facet → values of a record, core and profile alike; concept ids, never labels."""
    own = facet_values(profile(record.record_type), record.details)
    core = {name: facet.values(record) for name, facet in _CORE.items()}
    return {name: tuple(dict.fromkeys(values)) for name, values in (core | own).items() if values}


def indexed_facets() -> tuple[str, ...]:
    """Names of all facets that an index keeps."""
    return tuple(_declared())


def offered_facets(types: Iterable[str]) -> list[Facet]:
    """The facets a page shows: those of the core, and those of the types that were chosen."""
    owners = {core_profile().code, *(profile(code).code for code in types)}
    return [_facet(field) for field in _declared().values() if field.profile in owners and field.name != ASKED_IN_WORDS]


def core_names() -> Collection[str]:
    """Names of the facets that every record may have, whatever its type."""
    return _CORE.keys()


def facet_by_param(param: str) -> Facet | None:
    """The facet of a parameter of an address, if it is one."""
    names = {core.param: name for name, core in _CORE.items()}
    field = _declared().get(names.get(param, param)) if param != ASKED_IN_WORDS else None
    return _facet(field) if field and _facet(field).param == param else None


def facet_named(name: str) -> Facet | None:
    """The facet of a name in the index, if it is one."""
    field = _declared().get(name)
    return _facet(field) if field else None


def following_merges(name: str, values: Iterable[str]) -> tuple[str, ...]:
    """The values that are asked for, with the codes of merged terms followed: an address that names an old one still answers."""
    field = _declared()[name]
    known = merges()
    return tuple(dict.fromkeys(known.code(field.vocabulary, value) if field.vocabulary else value for value in values))


def _declared() -> dict[str, FacetField]:
    """Facets by name: fields that everybody may see, and of the core those that this module can read."""
    core = core_profile().code
    derived = [FacetField(name, str(label), "", True, core, name) for name, label in DERIVED.items()]
    return {
        field.name: field
        for field in [*facets(), *derived]
        if (field.name in _CORE if field.profile == core else profile(field.profile).field(field.key).level == PUBLIC)
    }


def _facet(field: FacetField) -> Facet:
    core = _CORE.get(field.name)
    labels_of_values = core.labels if core and core.labels else labels.things(field.model) if field.model else labels.of_field(field)
    rank = core.rank if core and core.rank else _rank_among([option.code for option in field.options])
    return Facet(field.name, core.param if core else field.name, field.label, labels_of_values, rank, bool(core and core.limits))


def _rank_among(codes: Sequence[str]) -> Callable[[str], int] | None:
    """The place of a value among the codes, behind them all if it is none of them; None where there are no codes."""
    places = {code: place for place, code in enumerate(codes)}
    return (lambda value: places.get(value, len(places))) if places else None


def _upwards(unit: AdminUnit) -> Iterator[AdminUnit]:
    at: AdminUnit | None = unit
    while at is not None:
        yield at
        at = at.parent


def _media_kinds(record: Record) -> list[str]:
    """Kinds of the files that are open to whoever may see the record."""
    return [link.asset.kind for link in record.media.all() if link.own_access == PUBLIC and link.asset.state == link.asset.State.READY]


def _decades(record: Record) -> list[str]:
    """The decades that a record's dates may mean; a date wider than a century says too little to narrow by."""
    spans = [bounds(row.edtf) for row in record.dates.all() if row.edtf]
    years = [(first.year, last.year) for first, last in spans if first and last and last.year - first.year <= WIDEST_DATE]
    return [str(decade) for first, last in years for decade in range(first // 10 * 10, last + 1, 10)]


def _practices(record: Record) -> list[str]:
    """The heritage practices that a record belongs to, and of a practice itself: it."""
    targets = [row.target for row in record.relations.all() if row.kind in PRACTICE_RELATIONS]
    practices = [target for target in targets if target.record_type == PRACTICE and is_public(target)]
    return [str(target.pk) for target in practices] or ([str(record.pk)] if record.record_type == PRACTICE else [])


def _sizes(record: Record) -> list[str]:
    """Each limit, in KB, under which the smallest rendition to see or hear of one of the record's open files stays."""
    links = [link for link in record.media.all() if link.own_access == PUBLIC and link.asset.state == link.asset.State.READY]
    sizes = [size for link in links if (size := smallest_bytes(link.asset)) is not None]
    return [limit for limit in SIZES if sizes and min(sizes) <= int(limit) * 1_000]


def _sources(record: Record) -> list[str]:
    return [str(row.source_id) for row in record.sources.all() if row.source_id]


_CORE: dict[str, _CoreFacet] = {
    "type": _CoreFacet("loai", lambda record: [record.record_type]),
    "groups": _CoreFacet("dan-toc", lambda record: [group.slug for group in record.groups.all()], labels.peoples),
    "subgroups": _CoreFacet("nhom", lambda record: [str(n.pk) for n in record.subgroups.all() if n.display], labels.subgroups),
    "places": _CoreFacet("noi", lambda record: unit_values(record.places.all()), labels.units),
    "former_units": _CoreFacet("noi-cu", lambda record: unit_values(record.former_units.all()), labels.units),
    "media": _CoreFacet("tep", _media_kinds, labels.media_kinds),
    "date": _CoreFacet("thap-nien", _decades, labels.decades, rank=int),
    "unesco_domain": _CoreFacet("unesco", lambda record: [term.code for term in record.unesco_domains.all()]),
    "language": _CoreFacet("tieng", lambda record: [term.code for term in record.languages.all()]),
    "script": _CoreFacet("chu", lambda record: [term.code for term in record.scripts.all()]),
    "community": _CoreFacet("cong-dong", lambda record: [c.slug for c in record.communities.all()], labels.communities),
    "vitality": _CoreFacet("tinh-trang", lambda record: [record.vitality] if record.vitality else []),
    "collected_at": _CoreFacet("cap", lambda record: [record.collected_at] if record.collected_at else []),
    "rights": _CoreFacet("quyen", lambda record: [record.rights.code]),
    "practice": _CoreFacet("thuc-hanh", _practices),
    "sources": _CoreFacet("nguon", _sources, labels.sources),
    "access": _CoreFacet("ai-xem", lambda record: [record.access_level]),
    "size": _CoreFacet("co", _sizes, labels.sizes, rank=int, limits=True),
    "checking": _CoreFacet(
        "tin-cay",
        lambda record: [record.review_state if record.review_state == ReviewState.NEEDS_CHECKING else CHECKED],
        labels.checking,
        _rank_among([CHECKED, ReviewState.NEEDS_CHECKING]),
    ),
    MONTHS_FACET: _CoreFacet(MONTHS_FACET, months_of_festival, labels.festival_months),
    "labels": _CoreFacet("nhan", lambda record: [row.label.code for row in record.labels.all()]),
    "warnings": _CoreFacet("canh-bao", lambda record: [term.code for term in record.warnings.all()]),
}
