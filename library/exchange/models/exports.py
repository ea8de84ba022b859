"""One export of a person: which records, in which format, how far the worker is, and the file for a week."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from background.leases import LeasedJob

KEPT = timedelta(days=7)


class ExportState(models.TextChoices):
    """Where an export stands. The worker moves GATHERING and WRITING on; a person the others."""

    GATHERING = "gathering", _("Đang gom tư liệu")
    WRITING = "writing", _("Đang ghi tệp")
    DONE = "done", _("Xong")
    STOPPED = "stopped", _("Đã dừng")
    FAILED = "failed", _("Không xuất được")
    FORGOTTEN = "forgotten", _("Tệp đã hết hạn")


class Export(LeasedJob):
    """What one person asked for. ``done`` counts records that were gathered; ``gathered_bytes`` is the length of what is sure of them."""

    AT_WORK = (ExportState.GATHERING, ExportState.WRITING)

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exports")
    language = models.CharField(max_length=10, default="vi")  # of the person: labels are written in it
    format = models.CharField(max_length=10)
    records = models.JSONField(default=list)  # keys, in their order
    types = models.JSONField(default=list)  # codes of the types that were met
    state = models.CharField(max_length=10, choices=ExportState.choices, default=ExportState.GATHERING)
    problem = models.TextField(blank=True)
    entries = models.PositiveIntegerField(default=0)  # records in the file: those that the person might still see
    gathered_bytes = models.PositiveBigIntegerField(default=0)
    file_name = models.CharField(max_length=200, blank=True)
    key = models.CharField(max_length=200, blank=True)  # in the storage; empty while there is no file
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)

    class Meta(LeasedJob.Meta):
        verbose_name = _("lần xuất")
        verbose_name_plural = _("các lần xuất")

    def __str__(self) -> str:
        return self.file_name or f"{self.format} {self.pk}"

    @property
    def ends_at(self) -> datetime | None:
        """Until when the file can be fetched."""
        return self.finished_at + KEPT if self.finished_at and self.key else None

    @property
    def ready(self) -> bool:
        """Whether the file can be fetched now."""
        return bool(self.state == ExportState.DONE and self.ends_at and timezone.now() < self.ends_at)
