"""Reactions of the catalogue to saved and deleted records and to changes of files."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Revision

from media_pipeline.delivery import public_links
from media_pipeline.models import Asset
from media_pipeline.signals import asset_ready, asset_replaced, asset_withdrawn

from .actions.authors import add_author
from .actions.replace_file import replace_file
from .festivals.occurrences import update_occurrences
from .listings import update_listings
from .models import Record, RecordMedia
from .signals import announce, record_changed
from .terms.uses import update_term_uses
from .timeline import update_timeline


@receiver(post_delete, sender=Record)
def record_row_deleted(instance: Record, **kwargs: Any) -> None:
    """Announces every deleted row; a saved one announces itself when its own rows are saved, too (``Record.save``)."""
    announce([instance.pk])


@receiver(post_save, sender=Revision)
def version_saved(instance: Revision, **kwargs: Any) -> None:
    """Notes who saved a version: until the next publication the text is hers, too, whoever saves after her."""
    if instance.user_id is not None and instance.base_content_type_id == ContentType.objects.get_for_model(Record).pk:
        add_author(int(instance.object_id), instance.user_id)


@receiver(record_changed)
def update_public_links(record_ids: list[int], **kwargs: Any) -> None:
    """Closes the public links of the records' files at once, and opens them after the commit where the access rule allows it.

    A web server follows these links without asking the application, so they must be gone before the change is committed.
    """
    if public_links.tree() is None:
        return
    for asset in Asset.objects.filter(record_links__record__in=record_ids).distinct():
        public_links.close(asset)
        public_links.refresh_after_commit(asset)


@receiver(record_changed)
def update_festival_days(record_ids: list[int], **kwargs: Any) -> None:
    """Writes the days of festivals anew, in the transaction of the change."""
    update_occurrences(record_ids)


@receiver(record_changed)
def update_heritage_listings(record_ids: list[int], **kwargs: Any) -> None:
    """Writes what public decisions say of the records anew, in the transaction of the change."""
    update_listings(record_ids)


@receiver(record_changed)
def update_timeline_dates(record_ids: list[int], **kwargs: Any) -> None:
    """Writes where the dates of the records stand in the timeline anew, in the transaction of the change."""
    update_timeline(record_ids)


@receiver(record_changed)
def update_uses_of_terms(record_ids: list[int], **kwargs: Any) -> None:
    """Writes which terms the records use anew, in the transaction of the change."""
    update_term_uses(record_ids)


@receiver(asset_replaced)
def replace_in_records(asset: Any, by: Any, user: Any, **kwargs: Any) -> None:
    """Puts the new file in the place of the old one in every record."""
    replace_file(asset, by, user)


@receiver(asset_ready)
@receiver(asset_withdrawn)
def asset_changed(asset: Any, **kwargs: Any) -> None:
    """Announces the records of a file that is ready or withdrawn: their media, size and text of pages change."""
    announce(RecordMedia.objects.filter(asset=asset).values_list("record_id", flat=True))
