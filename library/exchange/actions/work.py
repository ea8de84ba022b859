"""The worker's part: takes an import that waits, with a lease, and moves it on for some seconds. Safe to be cut off at any point."""

import logging
from contextlib import ExitStack
from datetime import timedelta

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from background.garbage import collected_rarely
from background.leases import claimed, keep, put_off, seconds_left, take_turn
from library.vocabularies.lookup import term_labels_read_once
from media_pipeline.errors import Waiting

from ..access import may_import
from ..errors import SheetError
from ..models import Import, State
from ..sheets.sources import NoMedia, open_media
from .bags.read import read_bag
from .bags.reading import open_read_bag
from .bags.take import BagWork
from .check import check_some
from .local_copy import forget, local_copy
from .receive import read
from .resolve import Resolver
from .run import Runner
from .take_back import take_back_some

logger = logging.getLogger(__name__)
KEPT = timedelta(days=30)
OBJECTS_BETWEEN_COLLECTIONS = 5_000  # Python's 700 cost a sixth of an import: rows and cells are no cycles
WAIT = timedelta(seconds=30)  # after a file could not be taken for a reason of ours


def advance_imports() -> bool:
    """Moves the oldest import on that waits for a worker. Returns whether there was one."""
    with claimed(Import.objects.filter(state__in=Import.AT_WORK).select_related("office", "user")) as job:
        if job is None:
            return False
        with translation.override(job.language), term_labels_read_once(), collected_rarely(OBJECTS_BETWEEN_COLLECTIONS):
            try:
                _advance(job)
            except SheetError as error:
                (_refuse if job.state == State.READING else _stop)(job, error.message)
            except Waiting as waiting:
                put_off(job, WAIT, problem=str(waiting.message))
                return False
    return True


def _advance(job: Import) -> None:
    if job.state in (State.RUNNING, State.UNDOING) and (job.user is None or not may_import(job.user)):
        _stop(job, _("Người cho nhập không còn quyền nhập. Người khác của cơ quan có thể cho nhập tiếp."))
    elif job.bag and job.state != State.UNDOING:
        _advance_bag(job)
    elif job.state == State.READING:
        read(job)
    elif job.state == State.CHECKING:
        resolver = Resolver(job)
        take_turn(job, lambda: check_some(job, resolver))
    elif job.state == State.UNDOING:
        if not take_turn(job, lambda: take_back_some(job)):
            forget(job)
    else:
        _run(job)


def _advance_bag(job: Import) -> None:
    with local_copy(job) as path:
        if job.state == State.READING:
            read_bag(job, path)
            return
        with open_read_bag(path) as bag:
            bag_work = BagWork(job, bag)
            take_turn(job, bag_work.check_some if job.state == State.CHECKING else bag_work.run_some)


def _run(job: Import) -> None:
    with ExitStack() as stack:
        media = NoMedia()
        if job.file_names:
            media = stack.enter_context(open_media(stack.enter_context(local_copy(job))))  # type: ignore[assignment]
        runner = Runner(job, media)
        take_turn(job, runner.run_some)


def _refuse(job: Import, problem: str) -> None:
    logger.info("Import %s is refused: %s", job.pk, problem)
    keep(job, state=State.REFUSED, problem=problem, finished_at=timezone.now())
    job.rows.all().delete()
    forget(job)


def _stop(job: Import, problem: str) -> None:
    """Stops with the rows that are left; what is written stays, and can be taken back."""
    keep(job, state=State.CHECKED, problem=problem, finished_at=timezone.now())


def forget_old_files() -> None:
    """Removes the files of imports with which nobody did anything for KEPT; their rows and results stay."""
    old = timezone.now() - KEPT
    for job in Import.objects.exclude(key="").exclude(state__in=Import.AT_WORK).filter(used_at__lt=old):
        forget(job, unused_since=old)


def time_left(job: Import) -> int | None:
    """How many seconds the step will go on, by what it took so far; None while nothing can be said."""
    return seconds_left(job, expected(job)) if job.at_work and job.total else None


def expected(job: Import) -> int:
    """How many rows or records the step that is at work has to do."""
    if job.state == State.RUNNING:
        return job.done + job.rows.filter(finished=False, outcome__in=("create", "update")).count()
    return job.records.count() if job.state == State.UNDOING else job.total
