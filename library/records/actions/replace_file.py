"""When a better copy takes the place of a file: every record shows it, and every draft keeps showing it when it is published."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from media_pipeline.models import Asset

from ..models import Record, RecordMedia


def put_in_place(old: Asset, new: Asset, user: Any) -> None:
    """Exchanges the file in the rows that readers see, and adds a revision that says so: history is never rewritten."""
    for record in chain(Record.objects.filter(media__asset=old).distinct(), _only_in_drafts(old)):
        draft = record.get_latest_revision_as_object() if record.latest_revision_id else None
        RecordMedia.objects.filter(record=record, asset=old).update(asset=new)
        if record.live and not record.has_unpublished_changes:
            _as_published(Record.objects.get(pk=record.pk), user)
        elif draft is not None:
            for link in draft.media.all():
                if link.asset_id == old.pk:
                    link.asset = new
            draft.save_revision(user=user, log_action=True)
        Record.objects.get(pk=record.pk).save()  # tells the index and the public links


def _only_in_drafts(asset: Asset) -> Iterator[Record]:
    """Records whose newest draft has the file while their own rows have not: it was chosen there and waits to be published."""
    waiting = Record.objects.filter(has_unpublished_changes=True).exclude(media__asset=asset).select_related("latest_revision")
    for record in waiting.iterator(chunk_size=200):
        links = record.latest_revision.content.get("media", ()) if record.latest_revision else ()
        if any(link.get("asset") == asset.pk for link in links):
            yield record


def _as_published(record: Record, user: Any) -> None:
    """A revision that is what readers see already: nothing waits to be published."""
    revision = record.save_revision(user=user, log_action=True)
    Record.objects.filter(pk=record.pk).update(live_revision=revision, latest_revision=revision, has_unpublished_changes=False)
