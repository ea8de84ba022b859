"""Reactions of the authorities: an edited term is read anew, whatever door the edit came through."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from .lookup import forget_term_labels
from .models import Term


@receiver(post_save, sender=Term)
@receiver(post_delete, sender=Term)
def term_changed(**kwargs: Any) -> None:
    """Bulk loading sends no signals; its verb forgets by itself."""
    forget_term_labels()
