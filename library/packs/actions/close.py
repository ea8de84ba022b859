"""Closes issues that hold what not everybody may see any more, and orders new ones. Runs in the transaction of the change."""

from collections.abc import Iterable

from django.db.models import F, QuerySet
from django.utils import timezone

from ..access import closed_rows
from ..models import IssueState, PackedRecord, PackIssue
from ..subjects import subject_of
from .order import order_again


def close_issues_with(record_ids: Iterable[int], *, gone: bool = False) -> None:
    """Looks at the records in every pack. ``gone``: the records are being deleted."""
    rows = PackedRecord.objects.filter(record__in=list(record_ids))
    _close(list(rows) if gone else closed_rows(rows))


def close_if_stale(issue: PackIssue) -> None:
    """Looks at all records of an issue: one may have been closed while it was built."""
    rows: QuerySet[PackedRecord] = PackedRecord.objects.filter(pack=issue.pack_id, number=issue.number)
    _close(closed_rows(rows))
    if subject_of(issue.pack.subject) is None:
        close_issues_about(issue.pack.kind, issue.pack.key)


def close_issues_about(kind: str, key: str) -> None:
    """What a pack is about is public no more, as a story that was taken down: nothing is built in the place of its issues."""
    issues = PackIssue.objects.filter(pack__kind=kind, pack__key=key, state=IssueState.READY)
    issues.update(state=IssueState.CLOSED, finished_at=timezone.now())


def _close(rows: list[PackedRecord]) -> None:
    """Copies on cards learn it from the list of what is withdrawn; the issue itself is not given out any more."""
    PackedRecord.objects.filter(pk__in=[row.pk for row in rows]).update(closed_number=F("number"))
    holding = PackIssue.objects.filter(pack__in={row.pack_id for row in rows}, state=IssueState.READY, number=F("pack__numbers"))
    held = {(row.pack_id, row.number) for row in rows}
    for issue in holding.select_related("pack"):
        if (issue.pack_id, issue.number) in held:
            PackIssue.objects.filter(pk=issue.pk, state=IssueState.READY).update(state=IssueState.CLOSED, finished_at=timezone.now())
            order_again(issue.pack)
