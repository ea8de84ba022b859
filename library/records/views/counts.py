"""How many records the reader may see, by kind, group and province: one query each."""

from django.db.models import Case, Count, F, Q, When

from library.access import Viewer
from library.vocabularies.models import AdminUnit

from ..models import Record
from ..queryset import RecordQuerySet


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
