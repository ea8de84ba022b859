"""Numbers of the index for monitoring: (name, labels, value). What they are shown in is not known here."""

from collections.abc import Iterator

from django.db.models import Count, Min
from django.utils import timezone

from ..models import RecordVector
from ..semantic.installed import embedder
from .outbox import dead_letters, pending

Sample = tuple[str, dict[str, str], float]


def samples() -> Iterator[Sample]:
    """Changes that wait for each index, how old the oldest is, changes that an index refused; records read for search by meaning."""
    yield "index_pending_changes", {}, pending().count()
    for row in pending().order_by().values("sink").annotate(count=Count("pk"), oldest=Min("created_at")):
        yield "index_pending_changes_by_index", {"index": row["sink"]}, row["count"]
        yield "index_lag_seconds", {"index": row["sink"]}, (timezone.now() - row["oldest"]).total_seconds()
    yield "index_refused_changes", {}, dead_letters().count()
    if embedder():
        yield "index_records_read_for_meaning", {}, RecordVector.objects.count()
