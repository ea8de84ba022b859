"""The worker's part of a merge: moves the uses of the old term, some records in each transaction. Safe to be cut off at any point.

What is left is what still uses the old term, so a second run of a step does nothing twice.
"""

from django.db import transaction
from django.utils import timezone

from background.leases import claimed, keep, take_turn
from library.records.models import TermUse
from library.records.signals import announce
from library.records.terms.relations import move, term_columns
from library.records.terms.uses import unwritten, write_some_uses
from library.vocabularies.models import TermMerge

RECORDS_AT_ONCE = 50
AT_ONCE = 200  # records that a person waits for


def advance_merges() -> bool:
    """Moves the oldest merge on that has something left. Returns whether there was one."""
    with claimed(TermMerge.objects.filter(state=TermMerge.State.RUNNING)) as merge:
        if merge is None:
            return False
        take_turn(merge, lambda: move_some(merge))
    return True


def merge_at_once(merge: TermMerge) -> None:
    """Moves the uses while the person waits for the page, where they are few and all are written down; else the worker does it."""
    if len(unwritten().order_by()[: AT_ONCE + 1]) > AT_ONCE:
        return
    with claimed(TermMerge.objects.filter(pk=merge.pk, state=TermMerge.State.RUNNING, total__lte=AT_ONCE)) as held:
        while held is not None and move_some(held):
            pass


def move_some(merge: TermMerge) -> bool:
    """Has the next records use the new term. Returns whether some are left. Raises LeaseLostError.

    News of a record has its columns, rows and fields follow every merge (library.records.terms.uses), and goes to the index. Records whose
    uses nobody has written down come last: no merge is done before all are known.
    """
    with transaction.atomic():
        keep(merge)
        uses = TermUse.objects.filter(term=merge.old_id).order_by("pk")
        ids = list(uses.values_list("record_id", flat=True)[:RECORDS_AT_ONCE])
        announce(ids)
        keep(merge, done=merge.done + len(ids))
        if len(ids) == RECORDS_AT_ONCE or write_some_uses():
            return True
        _move_the_rest(merge)
        keep(merge, state=TermMerge.State.DONE, finished_at=timezone.now())
        return False


def _move_the_rest(merge: TermMerge) -> None:
    """What is no record's, such as the languages of a people; and rows of records that came in between."""
    for column in term_columns():
        rows = column.rows.filter(**{column.name: merge.old_id})
        records = list(rows.values_list(column.record_key, flat=True)) if column.record else []
        move(column, merge.old_id, merge.new_id, column.rows)
        announce(set(records))
