"""Work to do and uploads on their way. The job row decides; a notification of it is only a hint."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .assets import Asset


class MediaJob(models.Model):
    """One recipe to carry out on one asset. The same work is never queued twice; only the holder of the lease token may write."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Đang chờ")
        RUNNING = "running", _("Đang xử lý")
        RETRY_WAIT = "retry_wait", _("Chờ thử lại")
        WAITING = "waiting", _("Chờ công cụ hoặc chỗ trống")
        DONE = "done", _("Xong")
        FAILED = "failed", _("Lỗi")
        CANCELLED = "cancelled", _("Đã huỷ")

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="jobs")
    kind = models.CharField(max_length=20)
    recipe_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    priority = models.PositiveSmallIntegerField(default=50)  # small runs first
    progress = models.FloatField(default=0)  # 0 to 1
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.UUIDField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)  # of the attempt that runs, or ran last
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    next_try_at = models.DateTimeField(null=True, blank=True)
    worker = models.CharField(max_length=80, blank=True)
    host = models.CharField(max_length=80, blank=True)
    pid = models.PositiveIntegerField(null=True, blank=True)
    pid_started = models.CharField(max_length=32, blank=True)  # tells a reused process number
    error_code = models.CharField(max_length=40, blank=True)
    error_text = models.TextField(blank=True)
    log_tail = models.TextField(blank=True)
    cpu_s = models.FloatField(null=True, blank=True)
    peak_rss = models.PositiveBigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("việc xử lý")
        verbose_name_plural = _("việc xử lý")
        ordering = ["priority", "pk"]
        constraints = [models.UniqueConstraint(fields=["asset", "kind", "recipe_hash"], name="asking_twice_is_one_job")]
        indexes = [models.Index(fields=["state", "priority", "id"], name="job_next")]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class Upload(models.Model):
    """A file that arrives in chunks, or that came whole with a form. Its bytes are a scratch file named by the uuid.

    What nobody has sent on for a week is closed and its bytes go. What came whole stays until it is taken in or refused.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Đang nhận")
        ASSEMBLING = "assembling", _("Đang kiểm tra")  # whole; to be taken in
        WAITING = "waiting", _("Đã nhận đủ, chờ máy chủ")  # whole; we could not take it in, and try again
        DONE = "done", _("Xong")
        REFUSED = "refused", _("Bị từ chối")
        EXPIRED = "expired", _("Hết hạn")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.TextField()
    declared_mime = models.CharField(max_length=255, blank=True)
    declared_size = models.PositiveBigIntegerField()
    declared_sha256 = models.CharField(max_length=64, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)  # of the file on the sender's machine: finds the upload to go on with
    replaces = models.ForeignKey(Asset, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    offset = models.PositiveBigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    problem = models.CharField(max_length=40, blank=True)
    attempts = models.PositiveIntegerField(default=0)  # to take it in
    next_try_at = models.DateTimeField(null=True, blank=True)
    asset = models.ForeignKey(Asset, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("lượt tải lên")
        verbose_name_plural = _("lượt tải lên")

    def __str__(self) -> str:
        return f"{self.uuid} {self.offset}/{self.declared_size}"
