"""Jobs that stand in a table of their own: a worker takes one with a lease and moves it on in short turns. Knows no kind of job.

A lease has a token. Who writes for a job says the token (``keep``), in the transaction of what it writes: a worker that was silent
for so long that another one has the job now, and a worker whose job a person has moved on, write nothing more.

The model of a job is a ``LeasedJob`` with a ``state``. Every step of a job must be safe to be cut off.
Times are the database's, so that workers on several machines agree.
"""

import logging
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, ClassVar, TypeVar

from django.db import DatabaseError, connections, models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

logger = logging.getLogger(__name__)
LEASE = timedelta(seconds=120)
BEAT = LEASE.total_seconds() / 4  # seconds between two renewals while a step is long
TURN = 5.0  # seconds of work before others have theirs
TRIED = 5  # jobs that another worker may have taken in the same moment


class LeaseLostError(Exception):
    """The job is not this worker's any more: nothing may be written for it."""


class LeasedJob(models.Model):
    """What a job has so that one worker at a time moves it on, and what it tells of the step that is at work.

    A model adds ``state``, says in AT_WORK in which states a worker has something to do, and takes this Meta for its own.
    """

    AT_WORK: ClassVar[Sequence[str]] = ()

    leased_until = models.DateTimeField(null=True)
    lease_token = models.CharField(max_length=32, blank=True)  # of the worker that holds it
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)  # of the total
    created_at = models.DateTimeField(auto_now_add=True)
    step_began_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "leased_until"])]

    @property
    def at_work(self) -> bool:
        """Whether a worker has something to do for it."""
        own: Any = self
        return own.state in self.AT_WORK


JobT = TypeVar("JobT", bound=LeasedJob)
FREE: dict[str, Any] = {"leased_until": None, "lease_token": ""}  # columns of a job that every worker may take


def claim(jobs: "models.QuerySet[JobT]") -> JobT | None:
    """The oldest of the jobs that nobody holds, as it is now, for LEASE: another worker takes it when this one is silent for so long."""
    free = jobs.filter(Q(leased_until=None) | Q(leased_until__lt=Now()))
    for key in list(free.order_by("created_at").values_list("pk", flat=True)[:TRIED]):
        token = uuid.uuid4().hex
        if free.filter(pk=key).update(leased_until=Now() + LEASE, lease_token=token):
            return jobs.filter(pk=key, lease_token=token).first()
    return None


def keep(job: LeasedJob, **columns: Any) -> None:
    """Writes the columns and renews the lease. In a transaction the job stays locked until its end, so nobody takes it meanwhile.

    Raises LeaseLostError when another worker has the job, when a person has moved it on, and when it is gone.
    """
    own: Any = job
    held = _table(job).filter(pk=job.pk, lease_token=job.lease_token, state=own.state)
    if not held.update(**({"leased_until": Now() + LEASE} | columns)):
        raise LeaseLostError
    for name, value in columns.items():
        setattr(job, name, value)


def take_turn(job: LeasedJob, step: Callable[[], bool]) -> bool:
    """Steps until nothing is left or the turn is over; each step keeps the lease. Returns whether something is left."""
    began = time.monotonic()
    while step():
        if time.monotonic() - began > TURN:
            return True
    return False


def release(job: LeasedJob) -> None:
    """Lets every worker take the job, if this one still has it."""
    if job.lease_token:
        _table(job).filter(pk=job.pk, lease_token=job.lease_token).update(**FREE)


def put_off(job: LeasedJob, wait: timedelta, **columns: Any) -> None:
    """Nobody takes the job before the wait is over. Raises LeaseLostError."""
    keep(job, leased_until=Now() + wait, lease_token="", **columns)


@contextmanager
def claimed(jobs: "models.QuerySet[JobT]") -> Iterator[JobT | None]:
    """A job of these for as long as the block runs, however long a step is; None when there is none.

    A lost lease ends the block. After any other exception the lease stays: nobody tries again before it is over.
    """
    job = claim(jobs)
    if job is None:
        yield None
        return
    try:
        with Heartbeat(job):
            yield job
    except LeaseLostError:
        logger.info("%s %s is not this worker's any more.", type(job).__name__, job.pk)
        return
    release(job)


class Heartbeat(threading.Thread):
    """Renews the lease on a connection of its own while a step reads a large file. A lease that is lost shows at the next ``keep``."""

    def __init__(self, job: LeasedJob) -> None:
        super().__init__(daemon=True, name=f"lease of {type(job).__name__} {job.pk}")
        self._held = _table(job).filter(pk=job.pk, lease_token=job.lease_token).exclude(lease_token="")
        self._over = threading.Event()

    def __enter__(self) -> "Heartbeat":
        self.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._over.set()
        self.join()

    def run(self) -> None:
        while not self._over.wait(BEAT):
            try:
                if not self._held.update(leased_until=Now() + LEASE):
                    return
            except DatabaseError:  # a database that is away may be back at the next beat
                logger.info("%s: the database does not answer.", self.name)
            finally:
                connections.close_all()


def seconds_left(job: LeasedJob, whole: int) -> int | None:
    """How long the step of a job goes on, by what it took since ``step_began_at`` for ``done`` of ``whole``; None when nothing is done."""
    if not job.done or job.step_began_at is None:
        return None
    spent = (timezone.now() - job.step_began_at).total_seconds()
    return round(spent / job.done * max(0, whole - job.done))


def _table(job: LeasedJob) -> Any:
    return type(job)._default_manager
