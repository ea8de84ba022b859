"""The worker's part: takes a bulk edit that waits, with a lease, and moves it on for some seconds. Safe to be cut off at any point."""

from django.utils import translation

from background.leases import claimed, take_turn
from library.vocabularies.lookup import term_labels_read_once

from ..models import BulkEdit, State
from .carry_out import run_some, take_back_some
from .preview import RECORDS_AT_ONCE, preview_some

STEPS = {State.CHECKING: preview_some, State.RUNNING: run_some, State.UNDOING: take_back_some}


def advance_bulk_edits() -> bool:
    """Moves the oldest bulk edit on that waits for a worker. Returns whether there was one."""
    with claimed(BulkEdit.objects.filter(state__in=BulkEdit.AT_WORK).select_related("actor__office")) as job:
        if job is None:
            return False
        step = STEPS[State(job.state)]
        with translation.override(job.language), term_labels_read_once():
            take_turn(job, lambda: step(job))
    return True


def preview_at_once(job: BulkEdit) -> None:
    """Previews a few records while the person waits for the page; of more the worker does it."""
    small = BulkEdit.objects.filter(pk=job.pk, total__lt=RECORDS_AT_ONCE)
    with claimed(small.select_related("actor__office")) as held:
        if held is not None:
            preview_some(held)


def expected(job: BulkEdit) -> int:
    """How many records the step that is at work has to do."""
    if job.state == State.RUNNING:
        return job.done + job.records.filter(finished=False, outcome="change").count()
    if job.state == State.UNDOING:
        return job.done + job.records.filter(finished=True, undone="").count()
    return job.total
