"""Reactions of the public pages to changed records."""

from typing import Any

from django.db import transaction
from django.dispatch import receiver

from library.records.signals import record_changed

from .queries import remembered


@receiver(record_changed)
def records_changed(**kwargs: Any) -> None:
    """Asks anew: now for who reads in the same transaction, and again after the commit, since another thread may ask meanwhile."""
    remembered.forget_all()
    transaction.on_commit(remembered.forget_all)
