"""Reactions of bulletins to what happens to records."""

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from library.records.models import Record
from library.records.signals import record_changed

from .actions.close import close_with, close_with_deleted


@receiver(record_changed)
def close_bulletins(record_ids: list[int], **kwargs: Any) -> None:
    """A bulletin that holds what was closed is not heard any more."""
    close_with(record_ids)


@receiver(pre_delete, sender=Record)
def close_bulletins_of_deleted(instance: Record, **kwargs: Any) -> None:
    """The same, while the rows still say which bulletins hold the record."""
    close_with_deleted(instance.pk)
