"""Clears the cached labels when a term or one of its labels is saved or deleted."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from .lookup import forget_term_labels
from .models import Term, TermLabel


@receiver(post_save, sender=Term)
@receiver(post_delete, sender=Term)
@receiver(post_save, sender=TermLabel)
@receiver(post_delete, sender=TermLabel)
def term_changed(**kwargs: Any) -> None:
    """Loading in bulk sends no signals; ``load_authorities`` clears the cache itself."""
    forget_term_labels()
