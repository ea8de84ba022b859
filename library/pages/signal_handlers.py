"""Reactions of the public pages to changed records."""

from typing import Any

from django.db import transaction
from django.dispatch import receiver

from library.records.signals import record_changed

from .queries import counts


@receiver(record_changed)
def records_changed(**kwargs: Any) -> None:
    """Counts anew: now for who reads in the same transaction, and again after the commit, since another thread may count meanwhile."""
    counts.forget()
    transaction.on_commit(counts.forget)
