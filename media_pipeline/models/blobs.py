"""Stored byte strings. Fixity checks these tables only; the bytes behind a row never change."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ByteState(models.TextChoices):
    """The result of the last check of the stored bytes."""

    UNCHECKED = "unchecked", _("Chưa kiểm tra")
    OK = "ok", _("Nguyên vẹn")
    MISSING = "missing", _("Bị mất")
    DAMAGED = "damaged", _("Bị hỏng")
    ERASED = "erased", _("Đã xóa theo yêu cầu")  # ``checked_at``: when the last of its bytes was gone


class Blob(models.Model):
    """One byte string in the main storage. Two originals with equal bytes are one blob."""

    class Area(models.TextChoices):
        ORIGINAL = "original", _("bản gốc")
        DERIVATIVE = "derivative", _("bản dẫn xuất")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    area = models.CharField(max_length=10, choices=Area.choices)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    key = models.CharField(max_length=255, unique=True)
    mime = models.CharField(max_length=100)
    state = models.CharField(max_length=10, choices=ByteState.choices, default=ByteState.UNCHECKED)
    checked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("tệp đã lưu")
        verbose_name_plural = _("tệp đã lưu")
        constraints = [
            models.UniqueConstraint(fields=["area", "sha256"], condition=Q(area="original"), name="one_blob_per_original"),
        ]
        indexes = [models.Index(fields=["area", "checked_at"], name="blob_fixity_walk")]

    def __str__(self) -> str:
        return self.key


class BlobCopy(models.Model):
    """The same bytes in a second storage. Derivatives need none: they are made again."""

    blob = models.ForeignKey(Blob, on_delete=models.CASCADE, related_name="copies")
    storage = models.CharField(max_length=40)
    key = models.CharField(max_length=255)
    state = models.CharField(max_length=10, choices=ByteState.choices, default=ByteState.UNCHECKED)
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("bản sao thứ hai")
        verbose_name_plural = _("bản sao thứ hai")
        constraints = [models.UniqueConstraint(fields=["blob", "storage"], name="one_copy_per_storage")]

    def __str__(self) -> str:
        return f"{self.storage}:{self.key}"


class FixityEvent(models.Model):
    """One fixity check: its object, its result and what was done. Append only."""

    blob = models.ForeignKey(Blob, on_delete=models.SET_NULL, null=True, related_name="fixity_events")
    storage = models.CharField(max_length=40)
    key = models.CharField(max_length=255)
    time = models.DateTimeField(auto_now_add=True)
    action = models.CharField(max_length=20)  # check, quarantine, put_back, repair, copy, untracked, outage
    expected = models.CharField(max_length=64, blank=True)
    found = models.CharField(max_length=64, blank=True)
    outcome = models.CharField(max_length=20)  # ok, damaged, missing, repaired, both_bad, reported, untracked

    class Meta:
        verbose_name = _("lần kiểm tra toàn vẹn")
        verbose_name_plural = _("các lần kiểm tra toàn vẹn")
        ordering = ["-time"]

    def __str__(self) -> str:
        return f"{self.action} {self.key}: {self.outcome}"
