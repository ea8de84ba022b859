"""The worker's part: takes an import that waits, with a lease, and moves it on for some seconds. Safe to be cut off at any point."""

import logging
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from library.vocabularies.lookup import term_labels_read_once
from media_pipeline.errors import Waiting

from ..access import may_import
from ..errors import SheetError
from ..models import Import, State
from ..models.imports import AT_WORK
from ..sheets.sources import NoMedia, open_media
from .check import check_some
from .local_copy import forget, local_copy
from .receive import read
from .resolve import Resolver
from .run import Runner
from .take_back import take_back_some

logger = logging.getLogger(__name__)
LEASE = timedelta(seconds=120)
TURN = 5.0  # seconds of work before others have theirs
KEPT = timedelta(days=30)
WAIT = timedelta(seconds=30)  # after a file could not be taken for a reason of ours


def advance_imports() -> bool:
    """Moves the oldest import on that waits for a worker. Returns whether there was one."""
    job = _claim()
    if job is None:
        return False
    with translation.override(job.language), term_labels_read_once():
        try:
            _advance(job)
        except SheetError as error:
            (_refuse if job.state == State.READING else _stop)(job, error.message)
        except Waiting as waiting:
            Import.objects.filter(pk=job.pk).update(leased_until=timezone.now() + WAIT, problem=str(waiting.message))
            return False
    Import.objects.filter(pk=job.pk).update(leased_until=None)
    return True


def _claim() -> Import | None:
    """The next import, for LEASE: another worker takes it again when this one is silent for so long."""
    now = timezone.now()
    free = (
        Import.objects.filter(state__in=AT_WORK)
        .exclude(state__in=(State.READING, State.RUNNING), key="")
        .filter(Q(leased_until=None) | Q(leased_until__lt=now))
    )
    for job in free.select_related("office", "user").order_by("created_at")[:5]:
        if free.filter(pk=job.pk).update(leased_until=now + LEASE):
            job.leased_until = now + LEASE
            return job
    return None


def _advance(job: Import) -> None:
    if job.state in (State.RUNNING, State.UNDOING) and not may_import(job.user):
        _stop(job, _("Người cho nhập không còn quyền nhập. Người khác của cơ quan có thể cho nhập tiếp."))
    elif job.state == State.READING:
        read(job)
    elif job.state == State.CHECKING:
        resolver = Resolver(job)
        _repeat(job, lambda: check_some(job, resolver))
    elif job.state == State.UNDOING:
        if not _repeat(job, lambda: take_back_some(job)):
            forget(job)
    else:
        _run(job)


def _run(job: Import) -> None:
    with ExitStack() as stack:
        media = NoMedia()
        if job.file_names:
            media = stack.enter_context(open_media(stack.enter_context(local_copy(job))))  # type: ignore[assignment]
        runner = Runner(job, media)
        _repeat(job, runner.run_some)


def _repeat(job: Import, step: Callable[[], bool]) -> bool:
    """Steps until nothing is left or the turn is over; each step extends the lease. Returns whether something is left."""
    began = time.monotonic()
    while step():
        if time.monotonic() - began > TURN:
            return True
        Import.objects.filter(pk=job.pk).update(leased_until=timezone.now() + LEASE)
    return False


def _refuse(job: Import, problem: str) -> None:
    logger.info("Import %s is refused: %s", job.pk, problem)
    job.rows.all().delete()
    Import.objects.filter(pk=job.pk).update(state=State.REFUSED, problem=problem, leased_until=None, finished_at=timezone.now())
    forget(job)


def _stop(job: Import, problem: str) -> None:
    """Stops with the rows that are left; what is written stays, and can be taken back."""
    Import.objects.filter(pk=job.pk, state=job.state).update(state=State.CHECKED, problem=problem, finished_at=timezone.now())


def forget_old_files() -> None:
    """Removes the files of imports that ended KEPT ago, or that nobody went on with; their rows and results stay."""
    for job in Import.objects.exclude(key="").exclude(state__in=AT_WORK).filter(created_at__lt=timezone.now() - KEPT):
        forget(job)


def seconds_left(job: Import) -> int | None:
    """How long the step will go on, by what it took so far; None while nothing can be said."""
    if not job.at_work or not job.done or job.step_began_at is None or not job.total:
        return None
    spent = (timezone.now() - job.step_began_at).total_seconds()
    return round(spent / job.done * max(0, expected(job) - job.done))


def expected(job: Import) -> int:
    """How many rows or records the step that is at work has to do."""
    if job.state == State.RUNNING:
        return job.done + job.rows.filter(finished=False, outcome__in=("create", "update")).count()
    return job.records.count() if job.state == State.UNDOING else job.total
