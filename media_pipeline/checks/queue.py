"""Checks of the work that waits: media jobs, and files that came whole and are not taken in yet."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from ..jobs import notify
from ..models import MediaJob, Upload
from .result import FAILED, OK, CheckResult

LATE_AFTER, UPLOAD_LATE_AFTER = timedelta(minutes=10), timedelta(hours=1)


def media_queue() -> CheckResult:
    """Whether jobs are taken: it fails when the oldest queued job is old and no job holds a lease."""
    now = timezone.now()
    waiting = MediaJob.objects.filter(state=MediaJob.State.QUEUED)
    oldest = waiting.order_by("created_at").values_list("created_at", flat=True).first()
    if oldest is not None and now - oldest > LATE_AFTER and not MediaJob.objects.filter(lease_until__gt=now).exists():
        detail = _("%(count)s việc đang chờ") % {"count": waiting.count()}
        return CheckResult("media queue", FAILED, detail, _("Tệp mới không được xử lý: tiến trình nền (manage.py worker) không chạy."))
    if settings.MEDIA_QUEUE_URL and (error := notify.server_error()):
        return CheckResult("media queue", FAILED, error, _("Việc bắt đầu chậm hơn: máy xử lý phải tự nhìn hàng đợi."))
    return CheckResult("media queue", OK, "redis" if settings.MEDIA_QUEUE_URL else "")


def uploads() -> CheckResult:
    """Whether files that came whole are taken in soon."""
    whole = Upload.objects.filter(state__in=[Upload.State.ASSEMBLING, Upload.State.WAITING])
    if late := whole.filter(created_at__lt=timezone.now() - UPLOAD_LATE_AFTER, attempts__gt=2).count():
        detail = _("%(count)d tệp đã nhận đủ đang chờ cất") % {"count": late}
        return CheckResult("uploads", FAILED, detail, _("Người gửi chưa thấy tệp của mình. Tệp vẫn còn và được thử lại; xem nhật ký."))
    return CheckResult("uploads", OK)
