"""Reactions of packs to what happens to records and stories."""

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver
from wagtail.signals import page_unpublished

from library.curation.models import StoryPage
from library.records.models import Record
from library.records.signals import record_changed

from .actions.close import close_issues_about, close_issues_with
from .models import SubjectKind


@receiver(record_changed)
def close_packs(record_ids: list[int], **kwargs: Any) -> None:
    """An issue that holds what was closed is not given out any more."""
    close_issues_with(record_ids)


@receiver(pre_delete, sender=Record)
def close_packs_of_deleted(instance: Record, **kwargs: Any) -> None:
    """The same, while the rows still say which packs hold the record."""
    close_issues_with([instance.pk], gone=True)


@receiver(page_unpublished, sender=StoryPage)
def close_packs_of_story(instance: StoryPage, **kwargs: Any) -> None:
    """A story that is taken down, or deleted, leaves with the packs that tell it."""
    close_issues_about(SubjectKind.STORY, str(instance.pk))
