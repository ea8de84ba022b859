"""A practice and its listings say one thing several times: on a page of results they are one hit, which unfolds to all of them.

It groups what stands on one page, so that totals and page numbers stay those of the records.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from django.db.models import Q, prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from library.access import Viewer
from library.presentation.queries import bare_lines, files_on_a_line, parts_of_a_line, visible_records
from library.presentation.wording import Wording, in_reader_language
from library.records.models import Record, RecordRelation
from library.records.profiles import profile
from library.records.profiles.values import stored_values

from ..asking.find import SearchResult
from ..engines.base import Hit, Snippet
from ..facets import PRACTICE, PRACTICE_RELATIONS

LISTING = "listing_of"  # of anything: a practice, a festival, a craft
MOST_LISTINGS = 12  # members that a hit unfolds to, beside those on the page
MOST_READ = 1_000  # relations of one page in both directions; those from its records come first
Relation = tuple[int, str, int]  # key of the record, kind, key of its practice


@dataclass(frozen=True, slots=True)
class ListingLine:
    """One listing inside a hit. ``year`` is empty where none is known."""

    year: str
    title: Wording
    url: str


@dataclass(frozen=True, slots=True)
class Listings:
    """What a hit unfolds to, the earliest first. ``label`` says how many of what."""

    label: str
    records: tuple[ListingLine, ...]


@dataclass(frozen=True, slots=True)
class HitGroup:
    """A hit of the page with the keys of those that it stands for; its record may be none of the hits.

    ``best`` is the key of the best hit among them: the group stands at its place.
    """

    hit: Hit
    record: Record
    best: int
    members: tuple[int, ...] = ()
    listings: Listings | None = None


def practices_of(keys: Sequence[int]) -> list[Relation]:
    """The relations that lead from or to these records and group them. One query of two halves: an index serves each, and none both."""
    grouping = RecordRelation.objects.filter(Q(kind=LISTING) | Q(kind__in=PRACTICE_RELATIONS, target__record_type=PRACTICE))
    rows = grouping.order_by().values_list("pk", "record", "kind", "target")
    rows = rows.filter(record__in=keys).union(rows.filter(target__in=keys), all=True)[:MOST_READ]
    return [(record, kind, target) for _pk, record, kind, target in sorted(set(rows))]


def heads_of(keys: Sequence[int], relations: Iterable[Relation]) -> dict[int, int]:
    """Key of a record → key of the practice that it belongs to. ``keys`` in their order on the page.

    A record belongs to a practice that is there too, else to one that another record there is of as well.
    """
    targets: dict[int, list[int]] = {}
    for record, _kind, target in relations:
        if record in keys:
            targets.setdefault(record, []).append(target)
    sharing = Counter(chain.from_iterable(targets.values()))
    heads = {}
    for record, practices in targets.items():
        best = min(practices, key=lambda target: (target not in keys, -sharing[target], target))
        if record not in sharing and (best in keys or sharing[best] > 1):
            heads[record] = best
    return heads


def grouped_hits(result: SearchResult) -> list[HitGroup]:
    """The hits of a page with the listings of one practice as one, at the place of the best of them; their records are read for lines.

    A pinned record stays a hit of its own; a barred one neither heads a hit nor stands inside one.
    """
    keys = [hit.id for hit in result.hits]
    apart = {*result.plan.pinned, *result.plan.barred}
    relations = [relation for relation in practices_of(keys) if relation[0] not in apart]
    heads = {pk: head for pk, head in heads_of(keys, relations).items() if head not in result.plan.barred}
    listings = _listings_of(relations)
    others = _others(keys, heads, listings, result.viewer)
    groups = _grouped(result, heads, others)
    prefetch_related_objects([group.record for group in groups], "dates", *parts_of_a_line(), *files_on_a_line())
    other_kinds = {record for record, kind, _target in relations if kind != LISTING}
    return [_with_listings(group, listings.get(group.hit.id, ()), others, other_kinds) for group in groups]


def _listings_of(relations: Iterable[Relation]) -> dict[int, list[int]]:
    """Key of a practice → keys of its first listings."""
    listings: dict[int, list[int]] = {}
    for record, _kind, target in relations:
        listings.setdefault(target, []).append(record)
    return {practice: records[:MOST_LISTINGS] for practice, records in listings.items()}


def _others(keys: Sequence[int], heads: Mapping[int, int], listings: Mapping[int, Sequence[int]], viewer: Viewer) -> Mapping[int, Record]:
    """The records that a page may show beside its hits or inside them, as far as the reader may see them: the practices that head
    hits without being one, and the listings of all practices."""
    unfolded = chain.from_iterable(listings.get(practice, ()) for practice in {*keys, *heads.values()})
    wanted = {*heads.values()}.difference(keys) | {*heads, *unfolded}
    if not wanted:
        return {}
    records = bare_lines(visible_records(viewer).filter(pk__in=wanted).order_by(), "summary_vi", "summary_en", "details")
    return {record.pk: record for record in records}


def _grouped(result: SearchResult, heads: Mapping[int, int], others: Mapping[int, Record]) -> list[HitGroup]:
    """One group for each practice, one for each hit that belongs to none; in the order of their best hits."""
    hits = {hit.id: hit for hit in result.hits}
    members: dict[int, list[int]] = {}
    for hit in result.hits:
        members.setdefault(heads.get(hit.id, hit.id), []).append(hit.id)
    groups = []
    for head, grouped in members.items():
        if head in hits:
            groups.append(HitGroup(hits[head], result.records[head], grouped[0], tuple(pk for pk in grouped if pk != head)))
        elif head in others:
            groups.append(HitGroup(_hit_of(others[head]), others[head], grouped[0], tuple(grouped)))
        else:  # the reader may not see the practice: its best listing stands for it
            groups.append(HitGroup(hits[grouped[0]], result.records[grouped[0]], grouped[0], tuple(grouped[1:])))
    return groups


def _hit_of(record: Record) -> Hit:
    """A practice that was found by its listings only."""
    return Hit(record.pk, 0.0, (record.title_vi, record.title_en), snippets=(Snippet("body", record.summary_vi),))


def _with_listings(group: HitGroup, listings: Sequence[int], others: Mapping[int, Record], other_kinds: set[int]) -> HitGroup:
    """The group with what it unfolds to: its hits of this page and the first listings of its practice; where a listing stands for a
    practice that nobody is shown, it too."""
    own = () if listings or not group.members else (group.hit.id,)
    unfolded = [pk for pk in dict.fromkeys([*own, *group.members, *listings]) if pk in others]
    if not unfolded:
        return group
    return replace(group, listings=_listings([others[pk] for pk in unfolded], not other_kinds.intersection(unfolded)))


def _listings(records: Sequence[Record], only_listings: bool) -> Listings:
    count = {"count": len(records)}
    if only_listings:
        label = ngettext("%(count)s lần ghi danh", "%(count)s lần ghi danh", len(records)) % count
    else:
        label = _("%(count)s tư liệu cùng một thực hành") % count
    grouped = [
        ListingLine(_year(record), in_reader_language(record.title_vi, record.title_en), record.get_absolute_url()) for record in records
    ]
    return Listings(label, tuple(sorted(grouped, key=lambda each: (not each.year, each.year, each.title.plain))))


def _year(record: Record) -> str:
    """The year of a record's first listing."""
    listings = stored_values(profile(record.record_type), record.details, ("listings",)).get("listings") or [{}]
    return str(listings[0].get("year") or "")
