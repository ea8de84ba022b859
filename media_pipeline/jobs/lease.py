"""Who works on which job: claim it, hold it by a heartbeat, hand it back, take over the job of a dead worker.

Every write is guarded by the lease token.

Times are the database's, so that workers on several machines agree; a worker's own limits use its monotonic clock.
"""

import os
import random
import socket
import threading
import time
import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, connections, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from ..models import Asset, MediaJob
from ..processes import identity
from ..processes.sandbox import Watch
from . import plan

TICK_SECONDS = 2  # how often progress is written at most
RETRY_MINUTES = [1, 5, 30]
MAX_ATTEMPTS = 3
LOOK_AGAIN = timedelta(seconds=60)  # for jobs that wait for a tool or for room

HOST = socket.gethostname()


def length() -> timedelta:
    """How long a lease lasts without a heartbeat."""
    return timedelta(seconds=settings.MEDIA_LEASE_SECONDS)


def runnable(kinds: list[str] | None = None) -> Q:
    """Jobs that may start now; ``kinds`` are recipe names or kinds of assets."""
    state = MediaJob.State
    due = Q(state=state.QUEUED) | Q(state__in=[state.RETRY_WAIT, state.WAITING], next_try_at__lte=Now())
    due &= ~Q(asset__state=Asset.State.WITHDRAWN)
    return due & (Q(kind__in=kinds) | Q(asset__kind__in=kinds)) if kinds else due


def claim(kinds: list[str] | None = None, job_id: int | None = None) -> MediaJob | None:
    """Take the next job, or this one; None when there is none to take. Its ``lease_token`` is the right to write it."""
    jobs = MediaJob.objects.filter(runnable(kinds))
    if job_id is not None:
        jobs = jobs.filter(pk=job_id)
    if not jobs.exists():  # a look without a lock: on SQLite the next line stops every other writer
        return None
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            jobs = jobs.select_for_update(skip_locked=True, of=("self",))
        candidate = jobs.order_by("priority", "pk").first()
        if candidate is None or not _take(candidate.pk):
            return None
    return MediaJob.objects.select_related("asset__original").get(pk=candidate.pk)


def _take(pk: int) -> bool:
    worker = f"{HOST}:{os.getpid()}:{threading.get_ident()}"
    job_rows = MediaJob.objects.filter(pk=pk).exclude(state__in=[MediaJob.State.RUNNING, MediaJob.State.DONE, MediaJob.State.CANCELLED])
    return bool(
        job_rows.update(
            state=MediaJob.State.RUNNING,
            lease_token=uuid.uuid4(),
            lease_until=Now() + length(),
            heartbeat_at=Now(),
            started_at=Now(),
            attempts=F("attempts") + 1,
            progress=0,
            worker=worker[:80],
            host=HOST[:80],
            pid=None,
            pid_started="",
            next_try_at=None,
        )
    )


def write(job: MediaJob, **changes: Any) -> bool:
    """Change the job if the lease is still ours; False when it is not."""
    return bool(MediaJob.objects.filter(pk=job.pk, lease_token=job.lease_token, state=MediaJob.State.RUNNING).update(**changes))


def hand_back(job: MediaJob) -> bool:
    """Return the job to the queue: the attempt does not count."""
    return write(job, state=MediaJob.State.QUEUED, attempts=F("attempts") - 1, lease_token=None, lease_until=None, progress=0)


def retry_delay(attempts: int) -> timedelta:
    """How long to wait after so many attempts: 1, 5, 30 minutes, each ± 20 % so that not all jobs come back at once."""
    minutes = RETRY_MINUTES[min(attempts, len(RETRY_MINUTES)) - 1]
    return timedelta(minutes=minutes * random.uniform(0.8, 1.2))  # noqa: S311


def reclaim_leases() -> int:
    """Take over the jobs of dead workers: a job whose lease has expired is queued again, or fails after its third attempt.

    Returns the number of such jobs."""
    expired = MediaJob.objects.filter(state=MediaJob.State.RUNNING, lease_until__lt=Now()).select_related("asset__original")
    count = 0
    for job in expired:
        if job.host == HOST[:80] and job.pid:
            identity.kill_group(job.pid, job.pid_started)
        with transaction.atomic():
            job_rows = MediaJob.objects.filter(pk=job.pk, state=MediaJob.State.RUNNING, lease_token=job.lease_token, lease_until__lt=Now())
            final = job.attempts >= MAX_ATTEMPTS
            ending = {"state": MediaJob.State.FAILED, "error_code": "worker_died", "finished_at": timezone.now()}
            if job_rows.update(lease_token=None, lease_until=None, **(ending if final else {"state": MediaJob.State.QUEUED})):
                count += 1
                plan.refresh(job.asset)
    return count


class Heartbeat(threading.Thread):
    """Renews the lease and writes progress on its own connection; sets ``watch.lease_lost`` when the job is no longer ours."""

    def __init__(self, job: MediaJob, watch: Watch) -> None:
        super().__init__(daemon=True, name=f"lease of {job}")
        self.job, self.watch = job, watch
        self.progress = 0.0
        self._over = threading.Event()

    def __enter__(self) -> "Heartbeat":
        self.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._over.set()
        self.join()

    def run(self) -> None:
        renewed, lease = time.monotonic(), settings.MEDIA_LEASE_SECONDS
        written: tuple[float, int | None] = (0.0, None)
        try:
            while not self._over.wait(min(TICK_SECONDS, lease / 6)):
                now, current = time.monotonic(), (self.progress, self.watch.child)
                if current == written and now - renewed < lease / 3:
                    continue
                if self._beat(*current):
                    renewed, written = now, current
                if now - renewed > lease:
                    self.watch.lease_lost.set()
                if self.watch.lease_lost.is_set():
                    return
        finally:
            connections.close_all()

    def _beat(self, progress: float, child: int | None) -> bool:
        """One renewal; a database that does not answer now may do so before the lease ends."""
        try:
            renewed = write(
                self.job,
                lease_until=Now() + length(),
                heartbeat_at=Now(),
                progress=round(progress, 3),
                pid=child,
                pid_started=identity.started(child) if child else "",
            )
        except DatabaseError:
            connections.close_all()
            return False
        if not renewed:
            self.watch.lease_lost.set()
        return renewed
