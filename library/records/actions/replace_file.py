"""The action that puts a better copy in the place of a file, in all records and all their drafts."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from media_pipeline.models import Asset

from ..models import Record, RecordMedia


def replace_file(old: Asset, new: Asset, user: Any) -> None:
    """Replaces the file in the published rows and in the newest draft of every record, and adds a revision. Old revisions stay."""
    for record in chain(Record.objects.filter(media__asset=old).distinct(), _only_in_drafts(old)):
        draft = record.get_latest_revision_as_object() if record.latest_revision_id else None
        RecordMedia.objects.filter(record=record, asset=old).update(asset=new)
        if record.live and not record.has_unpublished_changes:
            _add_published_revision(Record.objects.get(pk=record.pk), user)
        elif draft is not None:
            for link in draft.media.all():
                if link.asset_id == old.pk:
                    link.asset = new
            draft.save_revision(user=user, log_action=True)
        Record.objects.get(pk=record.pk).save()  # announces the change to the search index and the public links


def _only_in_drafts(asset: Asset) -> Iterator[Record]:
    """Records that have the file only in their newest draft: it was added there and is not published yet."""
    drafts = Record.objects.filter(has_unpublished_changes=True).exclude(media__asset=asset).select_related("latest_revision")
    for record in drafts.iterator(chunk_size=200):
        links = record.latest_revision.content.get("media", ()) if record.latest_revision else ()
        if any(link.get("asset") == asset.pk for link in links):
            yield record


def _add_published_revision(record: Record, user: Any) -> None:
    """Adds a revision of the published content and marks it as published, so that no change waits to be published."""
    revision = record.save_revision(user=user, log_action=True)
    Record.objects.filter(pk=record.pk).update(live_revision=revision, latest_revision=revision, has_unpublished_changes=False)
