"""What happens before any row of any package is stored."""

from typing import Any

from django.db.models.signals import pre_save
from django.dispatch import receiver

from .language.cleaning import clean_row


@receiver(pre_save)
def clean_texts(instance: Any, **kwargs: Any) -> None:
    """No control character enters by any door: a single one breaks feeds and files for every reader."""
    clean_row(instance)
