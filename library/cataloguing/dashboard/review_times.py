"""How long reviews take: the decisions of the last weeks, and the days from asking to the decision."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localdate, localtime, make_aware
from wagtail.models import TaskState

from library.records.access.permissions import records_with_any_right
from library.review.models import ReviewStep

WEEKS = 8


@dataclass(frozen=True, slots=True)
class Week:
    """The decisions of one week. ``days``: the median from asking to deciding; None when nothing was decided."""

    monday: date
    decisions: int
    days: float | None

    @property
    def is_late(self) -> bool:
        """Whether more than half of the decisions came after the days that a review may take."""
        return self.days is not None and self.days > settings.REVIEW_DAYS


def decided_steps(user: Any, first: date, last: date) -> QuerySet[ReviewStep]:
    """The steps that were decided from the one day to the other, of the records that the person works with."""
    begin, end = (make_aware(datetime.combine(day, time())) for day in (first, last + timedelta(days=1)))
    decided = ReviewStep.objects.filter(
        status__in=(TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED), finished_at__gte=begin, finished_at__lt=end
    )
    return decided.filter(Exists(records_with_any_right(user).order_by().filter(pk=OuterRef("record"))))  # few steps, many records


def review_times(user: Any) -> list[Week]:
    """The last weeks, the present one last."""
    this_monday = localdate() - timedelta(days=localdate().weekday())
    mondays = [this_monday - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
    days: dict[date, list[float]] = defaultdict(list)
    rows = decided_steps(user, mondays[0], localdate()).values_list("started_at", "finished_at")
    for started, finished in rows:
        day = localtime(finished).date()
        days[day - timedelta(days=day.weekday())].append((finished - started).total_seconds() / 86400)
    return [Week(monday, len(days[monday]), round(median(days[monday]), 1) if days[monday] else None) for monday in mondays]


def median_days(weeks: list[Week]) -> float | None:
    """The middle of the weeks' medians; None when nothing was decided."""
    known = [week.days for week in weeks if week.days is not None]
    return round(median(known), 1) if known else None
