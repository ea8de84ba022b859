"""Jobs that stand in a table of their own: a worker takes one with a lease and moves it on in short turns. Knows no kind of job.

The model of a job has ``created_at`` and ``leased_until``. Every step of a job must be safe to be cut off.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

JobT = TypeVar("JobT", bound=models.Model)
LEASE = timedelta(seconds=120)
TURN = 5.0  # seconds of work before others have theirs
TRIED = 5  # jobs that another worker may have taken in the same moment


def claim(jobs: "models.QuerySet[JobT]") -> JobT | None:
    """The oldest of the jobs that nobody holds, for LEASE: another worker takes it again when this one is silent for so long."""
    now = timezone.now()
    free = jobs.filter(Q(leased_until=None) | Q(leased_until__lt=now))
    for job in free.order_by("created_at")[:TRIED]:
        if free.filter(pk=job.pk).update(leased_until=now + LEASE):
            job.leased_until = now + LEASE  # type: ignore[attr-defined]
            return job
    return None


def take_turn(job: models.Model, step: Callable[[], bool]) -> bool:
    """Steps until nothing is left or the turn is over; each step extends the lease. Returns whether something is left."""
    began = time.monotonic()
    while step():
        if time.monotonic() - began > TURN:
            return True
        _table(job).filter(pk=job.pk).update(leased_until=timezone.now() + LEASE)
    return False


def release(job: models.Model) -> None:
    """Lets every worker take the job."""
    _table(job).filter(pk=job.pk).update(leased_until=None)


def seconds_left(job: Any, whole: int) -> int | None:
    """How long the step of a job goes on, by what it took since ``step_began_at`` for ``done`` of ``whole``; None when nothing is done."""
    if not job.done or job.step_began_at is None:
        return None
    spent = (timezone.now() - job.step_began_at).total_seconds()
    return round(spent / job.done * max(0, whole - job.done))


def _table(job: models.Model) -> Any:
    return type(job)._default_manager
