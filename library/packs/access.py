"""Who may order packs on the staff's screen, and which issues readers may fetch. What stands in a pack is what everybody may see."""

from typing import Any

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from library.access import ANONYMOUS, PUBLIC, parts_visible_to
from library.presentation.queries import visible_records
from library.records.access.consents import consent_holds
from library.records.access.files import level_of_track
from library.records.models import Record, RecordMedia
from media_pipeline.models import Asset, TextTrack

from .models import IssueState, Pack, PackedRecord, PackIssue, SubjectKind
from .subjects import public_stories, subject_of


def may_order(user: Any) -> bool:
    """Whether the person decides what readers see: who publishes records orders packs of them."""
    return bool(user.is_active and user.has_perm("records.publish_record"))


def is_fetchable(issue: PackIssue) -> bool:
    """Whether its file may go out now: what it is about is still public, and so is every record in it, by the access rule."""
    if issue.state != IssueState.READY or not issue.key or subject_of(issue.pack.subject) is None:
        return False
    held = PackedRecord.objects.filter(pack=issue.pack_id, number=issue.number)
    return not held.filter(Q(record=None) | ~Q(record__in=visible_records(ANONYMOUS))).exists()


def listed_packs() -> QuerySet[Pack]:
    """The packs that have an issue, without those of stories that not everybody may read."""
    told = public_stories().annotate(text=Cast("pk", CharField())).values("text")
    not_public = Q(kind=SubjectKind.STORY) & ~Q(key__in=told)
    return Pack.objects.filter(issues__state=IssueState.READY).exclude(not_public).distinct()


def closed_rows(rows: QuerySet[PackedRecord]) -> list[PackedRecord]:
    """Those that show something which not everybody may see any more: the record, a file, its words, how to reach the makers."""
    packed = list(rows)
    keys = {row.record_id for row in packed if row.record_id}
    records = visible_records(ANONYMOUS).filter(pk__in=keys).prefetch_related("contact_consents").in_bulk()
    links = RecordMedia.objects.filter(parts_visible_to(ANONYMOUS, "record__", "own_access"), record__in=keys)
    files = set(links.exclude(asset__state=Asset.State.WITHDRAWN).values_list("record_id", "asset_id"))
    tracks = TextTrack.objects.in_bulk({key for row in packed for key in row.tracks})
    open_tracks = {key for key, track in tracks.items() if level_of_track(track) == PUBLIC}
    return [row for row in packed if not _is_open(row, records, files, open_tracks)]


def _is_open(row: PackedRecord, records: dict[int, Record], files: set[tuple[int, int]], tracks: set[int]) -> bool:
    record = records.get(row.record_id or 0)
    return (
        record is not None
        and all((record.pk, asset) in files for asset in row.assets)
        and tracks.issuperset(row.tracks)
        and (not row.contact or consent_holds(record))
    )
