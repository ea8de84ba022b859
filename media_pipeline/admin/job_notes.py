"""The note beside the state of a job: its place in the queue, its attempt, its speed and the time left."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..jobs.lease import MAX_ATTEMPTS, runnable
from ..models import Asset, MediaJob

ENOUGH_PROGRESS = 0.03  # from here on the time left can be estimated


def note(job: MediaJob, asset: Asset, place: int | None) -> str:
    """One line; empty where the state is enough. ``place`` counts from 1."""
    if job.state == MediaJob.State.QUEUED and place:
        return _("thứ %(place)d trong hàng đợi") % {"place": place}
    if job.state == MediaJob.State.RUNNING:
        return " · ".join([_("lần %(attempt)d trong %(allowed)d") % {"attempt": job.attempts, "allowed": MAX_ATTEMPTS}, *_pace(job, asset)])
    if job.state == MediaJob.State.RETRY_WAIT and job.next_try_at:
        return _("thử lại sau %(minutes)d phút") % {"minutes": _minutes(job.next_try_at - timezone.now())}
    if job.cpu_s is not None and job.state == MediaJob.State.DONE:
        return _("%(seconds)s giây CPU") % {"seconds": number_format(job.cpu_s, 1)}
    return ""


def place_of(job: MediaJob) -> int | None:
    """The place of this job in the queue, from 1; None for a job that does not wait there."""
    if job.state != MediaJob.State.QUEUED:
        return None
    sooner = Q(priority__lt=job.priority) | Q(priority=job.priority, pk__lt=job.pk)
    return MediaJob.objects.filter(runnable()).filter(sooner).count() + 1


def _pace(job: MediaJob, asset: Asset) -> list[str]:
    """The speed relative to real time (recordings only) and the minutes left."""
    if not job.started_at or job.progress < ENOUGH_PROGRESS:
        return []
    seconds = (timezone.now() - job.started_at).total_seconds()
    parts = []
    if length := asset.duration_ms or asset.duration_header_ms:
        speed = job.progress * length / 1000 / max(seconds, 0.1)
        parts.append(_("tốc độ %(speed)s lần") % {"speed": number_format(round(speed, 1), 1)})
    left = _minutes(timedelta(seconds=seconds * (1 - job.progress) / job.progress))
    parts.append(ngettext("còn khoảng %(minutes)d phút", "còn khoảng %(minutes)d phút", left) % {"minutes": left})
    return parts


def _minutes(span: timedelta) -> int:
    return max(1, round(span.total_seconds() / 60))
