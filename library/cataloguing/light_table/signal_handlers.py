"""Reactions of the light table to changes of files."""

from typing import Any

from django.dispatch import receiver

from media_pipeline.models import Asset
from media_pipeline.signals import asset_withdrawn

from .models import Photograph


@receiver(asset_withdrawn)
def take_off_the_table(asset: Asset, **kwargs: Any) -> None:
    """A withdrawn file lies on no table: its name and caption, too, may be what somebody asked to be gone."""
    Photograph.objects.filter(asset=asset).delete()
