"""Queries of the public pages: what the reader may see, counted by kind, group and province, and one record with all it shows."""

from django.db.models import Case, Count, F, Prefetch, Q, When

from library.access import Viewer
from library.records.models import Record
from library.records.queryset import RecordQuerySet
from library.vocabularies.models import AdminUnit
from media_pipeline import derivative_names as names
from media_pipeline.models import Derivative, Segment


def in_province(code: str) -> Q:
    """Records placed in a province or in one of its communes."""
    return Q(places__level=AdminUnit.Level.PROVINCE, places__code=code) | Q(
        places__parent__level=AdminUnit.Level.PROVINCE, places__parent__code=code
    )


def by_kind(records: RecordQuerySet) -> dict[str, int]:
    """Kind → number of records."""
    return dict(records.order_by().values_list("record_type").annotate(Count("pk", distinct=True)))


def by_group(records: RecordQuerySet) -> dict[int, int]:
    """Key of a group → number of records."""
    rows = records.order_by().values_list("groups").annotate(Count("pk", distinct=True))
    return {group: count for group, count in rows if group is not None}


def by_province(records: RecordQuerySet) -> dict[str, int]:
    """Code of a province → number of records placed there or in one of its communes."""
    province = Case(When(places__level=AdminUnit.Level.PROVINCE, then=F("places__code")), default=F("places__parent__code"))
    rows = records.order_by().annotate(province=province).values_list("province").annotate(Count("pk", distinct=True))
    return {code: count for code, count in rows if code}


def seen_by(viewer: Viewer) -> RecordQuerySet:
    """The published records that the reader may see; drafts stay in the back office even for those in charge."""
    return Record.objects.visible_to(viewer).filter(live=True)


def for_page(records: RecordQuerySet, leaf: int) -> RecordQuerySet:
    """The records with their files; of documents only the first page and the page ``leaf``, since a book may have thousands."""
    pages = Q(name__startswith=names.prefix(names.page_stem(1))) | Q(name__startswith=names.prefix(names.page_stem(leaf)))
    derivatives = Derivative.objects.filter(state=Derivative.State.CURRENT).filter(~Q(role=Derivative.Role.PAGE) | pages)
    segments = Segment.objects.filter(Q(page=None) | Q(page=leaf)).order_by("track", "order")
    return records.described().prefetch_related(
        "places__parent",
        "media__rights",
        "media__asset__original",
        Prefetch("media__asset__derivatives", queryset=derivatives),
        Prefetch("media__asset__tracks__segments", queryset=segments),
    )
