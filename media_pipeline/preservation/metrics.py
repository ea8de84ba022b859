"""Numbers of queue and storage for monitoring: (name, labels, value). What they are shown in is not known here."""

import shutil
from collections.abc import Iterator

from django.db.models import Count, Min, Q, Sum
from django.utils import timezone

from ..models import Blob, MediaJob, Upload
from ..models.blobs import ByteState
from ..processes import scratch
from ..storage import copies, main_storage
from .fixity import due

Sample = tuple[str, dict[str, str], float]


def samples() -> Iterator[Sample]:
    """Jobs by state, how long the oldest waits, stored bytes by area and state, what has no second copy, room left."""
    for job in MediaJob.objects.order_by().values("state", "kind").annotate(count=Count("pk")):
        yield "media_jobs", {"state": job["state"], "kind": job["kind"]}, job["count"]
    silent = Q(state=MediaJob.State.RUNNING, lease_until__lt=timezone.now())  # its worker is dead, and no other one took it back
    oldest = MediaJob.objects.filter(Q(state=MediaJob.State.QUEUED) | silent).aggregate(at=Min("created_at"))["at"]
    yield "media_oldest_queued_seconds", {}, (timezone.now() - oldest).total_seconds() if oldest else 0
    for upload in Upload.objects.order_by().values("state").annotate(count=Count("pk")):
        yield "uploads", {"state": upload["state"]}, upload["count"]
    for blob in Blob.objects.order_by().values("area", "state").annotate(count=Count("pk"), size=Sum("size")):
        labels = {"area": blob["area"], "state": blob["state"]}
        yield "stored_files", labels, blob["count"]
        yield "stored_bytes", labels, blob["size"]
    originals = Blob.objects.filter(area=Blob.Area.ORIGINAL).exclude(state=ByteState.ERASED)
    for storage in copies():
        lacking = originals.exclude(copies__storage=storage.alias, copies__state=ByteState.OK).count()
        yield "originals_without_second_copy", {"storage": storage.alias}, lacking
    yield "fixity_overdue_files", {}, due().count()
    yield "disk_free_bytes", {"folder": "scratch"}, shutil.disk_usage(scratch.area(scratch.JOBS)).free
    free = main_storage().free_bytes()
    if free is not None:
        yield "disk_free_bytes", {"folder": "media"}, free
