"""What a person uploaded and the derivatives of it. Facts about bytes only: titles, credit and consent belong to the catalogue."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .. import file_names
from ..text.names import NameKeyField
from .blobs import Blob


class Asset(models.Model):
    """One upload. A better scan is a new asset; the old one points to it with ``replaced_by``. Originals are never replaced in place."""

    wagtail_reference_index_ignore = True  # what points to assets is indexed with the records; assets themselves point to nothing

    class Kind(models.TextChoices):
        IMAGE = "image", _("ảnh")
        AUDIO = "audio", _("âm thanh")
        VIDEO = "video", _("phim")
        DOCUMENT = "document", _("tài liệu")

    class State(models.TextChoices):
        PROCESSING = "processing", _("Đang xử lý")
        WAITING = "waiting", _("Chờ công cụ hoặc chỗ trống")
        READY = "ready", _("Sẵn sàng")
        PARTLY = "partly", _("Sẵn sàng một phần")
        FAILED = "failed", _("Lỗi")
        WITHDRAWN = "withdrawn", _("Đã rút")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("loại"), max_length=10, choices=Kind.choices)
    original = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="assets", verbose_name=_("bản gốc"))
    name_as_given = models.TextField(_("tên tệp khi tải lên"))
    name_key = NameKeyField(sources=("name_as_given",))  # for the staff's lists
    declared_mime = models.CharField(max_length=255, blank=True)
    format = models.CharField(_("định dạng"), max_length=20)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("người tải lên")
    )
    uploaded_at = models.DateTimeField(_("tải lên lúc"), auto_now_add=True)

    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    duration_ms = models.PositiveBigIntegerField(null=True, blank=True)  # from decoding
    duration_header_ms = models.PositiveBigIntegerField(null=True, blank=True)  # what the file says of itself
    pages = models.PositiveIntegerField(null=True, blank=True)
    loudness_lufs = models.FloatField(null=True, blank=True)
    loudness_range = models.FloatField(null=True, blank=True)
    true_peak_db = models.FloatField(null=True, blank=True)
    dominant_colour = models.CharField(max_length=6, blank=True)
    look = models.CharField(max_length=16, blank=True)  # of a picture, before it is turned: see looks.py
    probe = models.JSONField(default=dict, blank=True)  # MediaInfo as it was found
    private_meta = models.JSONField(default=dict, blank=True)  # place, owner, serial: needs the right to the original
    warnings = models.JSONField(default=list, blank=True)  # codes of errors.MESSAGES

    poster_time_ms = models.PositiveBigIntegerField(_("giây chọn làm ảnh bìa"), null=True, blank=True)
    audio_track = models.PositiveSmallIntegerField(_("đường tiếng được chọn"), null=True, blank=True)
    ocr_language = models.CharField(_("nhận dạng chữ trên trang"), max_length=20, blank=True)  # a key of recipes.OCR_LANGUAGES
    turn = models.PositiveSmallIntegerField(_("xoay thêm"), default=0)  # degrees clockwise, beside the file's own orientation
    publish_original = models.BooleanField(_("công bố tệp gốc"), default=False)

    state = models.CharField(_("trạng thái"), max_length=10, choices=State.choices, default=State.PROCESSING, db_index=True)
    problem = models.CharField(max_length=40, blank=True)  # a code of errors.MESSAGES
    replaced_by = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replaces")

    class Meta:
        verbose_name = _("tệp phương tiện")
        verbose_name_plural = _("tệp phương tiện")
        ordering = ["-uploaded_at", "-pk"]
        permissions = [("erase_asset", _("Xóa hẳn tệp gốc"))]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """The name as given, in NFC and without control and direction characters: text to show, never a path."""
        return file_names.displayable(self.name_as_given)

    @property
    def current(self) -> "list[Derivative]":
        """The derivatives that readers get now; one query for a list of assets with ``prefetch_related("derivatives__blob")``."""
        return [each for each in self.derivatives.all() if each.state == Derivative.State.CURRENT]


class Derivative(models.Model):
    """One file made from an original by a recipe. Readers see it only while it is current."""

    class State(models.TextChoices):
        CURRENT = "current", _("đang dùng")
        SUPERSEDED = "superseded", _("đã thay")

    class Role(models.TextChoices):
        PICTURE = "picture", _("Ảnh")
        SOUND = "sound", _("Âm thanh")
        FILM = "film", _("Phim")
        PAGE = "page", _("Trang")
        PEAKS = "peaks", _("Dạng sóng")
        SPRITE = "sprite", _("Ảnh xem trước")
        PLAYLIST = "playlist", _("Danh sách phát")
        TILES = "tiles", _("Mảnh ảnh")

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="derivatives")
    name = models.CharField(max_length=40)
    role = models.CharField(max_length=10, choices=Role.choices)
    recipe = models.CharField(max_length=20)
    recipe_hash = models.CharField(max_length=64)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="derivatives")
    mime = models.CharField(max_length=100)
    codecs = models.CharField(max_length=100, blank=True)  # RFC 6381
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    duration_ms = models.PositiveBigIntegerField(null=True, blank=True)
    size_bytes = models.PositiveBigIntegerField()
    average_bitrate = models.PositiveIntegerField(null=True, blank=True)
    peak_bitrate = models.PositiveIntegerField(null=True, blank=True)
    tool_versions = models.JSONField(default=dict, blank=True)
    verified_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.CURRENT)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("bản dẫn xuất")
        verbose_name_plural = _("bản dẫn xuất")
        ordering = ["asset", "size_bytes"]
        constraints = [
            models.UniqueConstraint(fields=["asset", "recipe_hash", "name"], name="one_derivative_per_recipe_and_name"),
            models.UniqueConstraint(fields=["asset", "name"], condition=Q(state="current"), name="one_current_derivative_per_name"),
        ]

    def __str__(self) -> str:
        return f"{self.asset_id}/{self.name}"

    @property
    def file_name(self) -> str:
        """The last part of the address; the extension comes from our own table."""
        return f"{self.name}.{file_names.EXTENSIONS[self.mime]}"

    def as_json(self) -> dict[str, Any]:
        """The three facts that reports show."""
        return {"name": self.name, "mime": self.mime, "bytes": self.size_bytes}
