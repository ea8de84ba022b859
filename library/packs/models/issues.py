"""One numbered issue of a pack: how far the worker is, the file, and what is new in it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from background.leases import LeasedJob

from .packs import Pack


class IssueState(models.TextChoices):
    """Where an issue stands. Readers fetch a READY one only; nothing that is half built has a file."""

    BUILDING = "building", _("Đang làm")
    READY = "ready", _("Tải được")
    STOPPED = "stopped", _("Đã dừng")
    FAILED = "failed", _("Không làm được")
    CLOSED = "closed", _("Đã đóng vì có thứ không còn công khai")
    REPLACED = "replaced", _("Đã có số mới")
    UNCHANGED = "unchanged", _("Không có gì mới so với số trước")


class PackIssue(LeasedJob):
    """``total`` and ``done`` count records. ``number`` is given when the issue is ready; 0 before, and for what never was."""

    AT_WORK = (IssueState.BUILDING,)

    pack = models.ForeignKey(Pack, on_delete=models.CASCADE, related_name="issues")
    number = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=IssueState.choices, default=IssueState.BUILDING)
    problem = models.TextField(blank=True)
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    estimate = models.PositiveBigIntegerField(default=0)  # bytes, before it is built
    manifest = models.JSONField(default=dict)  # what manifest.json says; empty until it is ready
    key = models.CharField(max_length=200, blank=True)  # of the whole file in the storage
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    delta_key = models.CharField(max_length=200, blank=True)  # of what is new since the issue before; empty for the first
    delta_sha256 = models.CharField(max_length=64, blank=True)
    delta_size = models.PositiveBigIntegerField(default=0)
    zim_key = models.CharField(max_length=200, blank=True)  # of the same as a ZIM file; empty where libzim is not installed
    zim_sha256 = models.CharField(max_length=64, blank=True)
    zim_size = models.PositiveBigIntegerField(default=0)

    class Meta(LeasedJob.Meta):
        verbose_name = _("số của gói")
        verbose_name_plural = _("các số của gói")

    def __str__(self) -> str:
        return f"{self.pack} {self.number or '–'}"

    @property
    def stem(self) -> str:
        """The name of its file without the ending."""
        return f"{self.manifest.get('folder', '')}-{self.number}"

    @property
    def percent(self) -> int:
        """How many of a hundred records are written."""
        return 100 * self.done // self.total if self.total else 0
