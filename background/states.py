"""Reads and writes the stored states of background work: failures for ``doctor``, the next time of shared work.

A database that is away loses a note, never a work: the loop goes on by its own memory.
"""

import logging
import socket
from datetime import timedelta

from django.db import DatabaseError
from django.db.models import Q, QuerySet
from django.utils import timezone

from .models import WorkState
from .work import Work

logger = logging.getLogger(__name__)
HOST = socket.gethostname()[:80]
LEASE = timedelta(minutes=15)  # a shared work that was cut off may be started again after this time
FORGOTTEN_AFTER = timedelta(days=1)  # the failure of a machine that has not tried again for so long
ERROR_CHARACTERS = 2_000


def claim(work: Work) -> bool:
    """Whether this worker is the one that does a shared work now."""
    now = timezone.now()
    state, _created = WorkState.objects.get_or_create(name=work.name, host="")
    due = WorkState.objects.filter(pk=state.pk).filter(Q(next_at=None) | Q(next_at__lte=now))
    return bool(due.update(next_at=now + min(LEASE, timedelta(seconds=work.every))))


def write_failure(work: Work, failures: int, error: str, wait: float) -> None:
    """Store that a work failed, how often in a row, and for shared work when it is tried again."""
    now = timezone.now()
    values = {"failures": failures, "last_error": error[:ERROR_CHARACTERS], "failed_at": now}
    if work.shared:
        values["next_at"] = now + timedelta(seconds=wait)
    try:
        WorkState.objects.update_or_create(name=work.name, host=_host(work), defaults=values)
    except DatabaseError as unwritten:
        logger.warning("The failure of %s could not be stored: %s", work.name, unwritten)


def write_success(work: Work) -> None:
    """Store that a shared work is done, or that a failure has ended."""
    now = timezone.now()
    values = {"failures": 0, "last_error": "", "succeeded_at": now}
    try:
        if work.shared:
            WorkState.objects.filter(name=work.name, host="").update(next_at=now + timedelta(seconds=work.every), **values)
        else:
            WorkState.objects.filter(name=work.name, host=HOST, failures__gt=0).update(**values)
    except DatabaseError as unwritten:
        logger.warning("The end of %s could not be stored: %s", work.name, unwritten)


def failing() -> "QuerySet[WorkState]":
    """Works that failed when they were last tried."""
    return WorkState.objects.filter(failures__gt=0, failed_at__gt=timezone.now() - FORGOTTEN_AFTER).order_by("name", "host")


def _host(work: Work) -> str:
    return "" if work.shared else HOST
