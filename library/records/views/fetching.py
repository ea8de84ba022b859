"""A record with everything its page shows, in a fixed number of queries."""

from django.db.models import Prefetch, Q

from media_pipeline.models import Derivative, Segment

from ..queryset import RecordQuerySet


def for_page(records: RecordQuerySet, leaf: int) -> RecordQuerySet:
    """The records with their files; of documents only the first page and the page ``leaf``, since a book may have thousands."""
    pages = Q(name__startswith="page-1-") | Q(name__startswith=f"page-{leaf}-")
    derivatives = Derivative.objects.filter(state=Derivative.State.CURRENT).filter(~Q(role=Derivative.Role.PAGE) | pages)
    segments = Segment.objects.filter(Q(page=None) | Q(page=leaf)).order_by("track", "order")
    return records.described().prefetch_related(
        "places__parent",
        "media__rights",
        "media__asset__original",
        Prefetch("media__asset__derivatives", queryset=derivatives),
        Prefetch("media__asset__tracks__segments", queryset=segments),
    )
