"""Reactions of the catalogue: a saved or deleted record is news, whatever door it came through."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from media_pipeline.delivery import public_links
from media_pipeline.models import Asset
from media_pipeline.signals import asset_ready, asset_replaced, asset_withdrawn

from .actions.replace_file import put_in_place
from .models import Record, RecordMedia
from .signals import announce, record_changed


@receiver(post_save, sender=Record)
@receiver(post_delete, sender=Record)
def record_row_changed(instance: Record, **kwargs: Any) -> None:
    """Even a path that forgot its verb cannot leave the index behind."""
    announce([instance.pk])


@receiver(record_changed)
def public_links_follow(record_ids: list[int], **kwargs: Any) -> None:
    """Links that a web server serves by itself are gone before the change is committed, and come back only if the law says so."""
    if public_links.tree() is None:
        return
    for asset in Asset.objects.filter(record_links__record__in=record_ids).distinct():
        public_links.close(asset)
        public_links.refresh_after_commit(asset)


@receiver(asset_replaced)
def better_copy_takes_the_place(asset: Any, by: Any, user: Any, **kwargs: Any) -> None:
    """Wherever the old file was shown."""
    put_in_place(asset, by, user)


@receiver(asset_ready)
@receiver(asset_withdrawn)
def asset_changed(asset: Any, **kwargs: Any) -> None:
    """A file that became playable, or was withdrawn, changes what its records offer (has media, text of pages, size)."""
    announce(RecordMedia.objects.filter(asset=asset).values_list("record_id", flat=True))
