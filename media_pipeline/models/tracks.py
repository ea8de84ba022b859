"""The text of a recording or a document, in segments with times or pages. Search indexes it; the players show it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .. import derivative_names as names
from .assets import Asset


class TextTrack(models.Model):
    """One transcript, set of captions, translation … of one asset. A track may be more restricted than its asset."""

    class Role(models.TextChoices):
        TRANSCRIPT = "transcript", _("Lời chép")
        CAPTIONS = "captions", _("Phụ đề")
        TRANSLATION = "translation", _("Bản dịch")
        DESCRIPTION = "description", _("Lời mô tả cảnh")
        CHAPTERS = "chapters", _("Chương")
        PAGE_TEXT = "page_text", _("Chữ trên trang")
        OCR = "ocr", _("Chữ máy đọc từ ảnh")

    class Source(models.TextChoices):
        HUMAN = "human", pgettext_lazy("not made by a machine", "người làm")
        IMPORT = "import", _("nhập từ tệp")
        MACHINE = "machine", _("máy làm")

    PAGED = (Role.PAGE_TEXT, Role.OCR)  # roles of words that have pages, not times

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="tracks")
    role = models.CharField(_("vai trò"), max_length=12, choices=Role.choices)
    language = models.CharField(_("ngôn ngữ"), max_length=35)
    source = models.CharField(_("nguồn"), max_length=10, choices=Source.choices)
    reviewed = models.BooleanField(_("đã soát"), default=False)
    audience = models.CharField(_("ai được xem"), max_length=20, blank=True)  # an access level of the catalogue; empty: as the asset
    shown = models.BooleanField(_("hiện cho người đọc"), default=True)
    text_bytes = models.PositiveIntegerField(default=0)  # size of the words as a file, for the list of choices
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("phần lời")
        verbose_name_plural = _("phần lời")
        ordering = ["asset", "role", "language", "pk"]

    def __str__(self) -> str:
        return f"{self.get_role_display()} ({self.language})"

    @property
    def name(self) -> str:
        """The name of the track in its address and for the access policy."""
        return names.text_track(self.pk)

    @property
    def timed(self) -> bool:
        """Whether its segments have times; the others have pages."""
        return self.role not in self.PAGED


class Segment(models.Model):
    """One cue or one page of a track, as plain text."""

    track = models.ForeignKey(TextTrack, on_delete=models.CASCADE, related_name="segments")
    order = models.PositiveIntegerField()
    start_ms = models.PositiveBigIntegerField(null=True, blank=True)
    end_ms = models.PositiveBigIntegerField(null=True, blank=True)
    page = models.PositiveIntegerField(null=True, blank=True)
    box = models.JSONField(null=True, blank=True)  # [left, top, width, height] as parts of the page, 0 to 1
    speaker = models.CharField(max_length=200, blank=True)
    text = models.TextField()

    class Meta:
        verbose_name = _("đoạn lời")
        verbose_name_plural = _("đoạn lời")
        ordering = ["track", "order"]
        constraints = [
            models.UniqueConstraint(fields=["track", "order"], name="one_segment_per_place"),
            models.CheckConstraint(
                condition=(Q(start_ms__isnull=False) & Q(end_ms__gte=models.F("start_ms"))) | Q(page__isnull=False),
                name="a_segment_has_a_time_or_a_page",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
