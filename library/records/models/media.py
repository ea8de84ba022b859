"""The link between a record and a file: what the picture shows, whose it is, and who may see it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from library.vocabularies.models import Term, in_vocabulary

from .choices import LEVEL_CHOICES, AccessLevel


class RecordMedia(Orderable):
    """A file of a record. Alt text, credit, rights and access belong here; facts about the bytes belong to the asset."""

    record = ParentalKey("records.Record", on_delete=models.CASCADE, related_name="media")
    asset = models.ForeignKey("media_pipeline.Asset", on_delete=models.PROTECT, related_name="record_links", verbose_name=_("tệp"))
    alt_vi = models.CharField(_("lời tả ảnh"), max_length=500, blank=True, help_text=_("Trong ảnh có gì, cho người không nhìn thấy ảnh."))
    alt_en = models.CharField(_("lời tả ảnh tiếng Anh"), max_length=500, blank=True)
    caption_vi = models.CharField(_("chú thích"), max_length=500, blank=True)
    caption_en = models.CharField(_("chú thích tiếng Anh"), max_length=500, blank=True)
    credit = models.CharField(_("ghi công"), max_length=300, blank=True)
    # Such as "Giọng đọc máy": so that nobody takes the file for a field recording.
    made_note = models.CharField(_("nhãn tệp do máy làm"), max_length=100, blank=True)
    rights = models.ForeignKey(
        Term,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to=in_vocabulary("rights_statements"),
        verbose_name=_("tình trạng quyền"),
    )
    own_access = models.CharField(_("mức truy cập"), max_length=10, choices=LEVEL_CHOICES, default=AccessLevel.PUBLIC)

    class Meta(Orderable.Meta):
        verbose_name = _("tệp của tư liệu")
        verbose_name_plural = _("tệp của tư liệu")

    def __str__(self) -> str:
        return self.caption_vi or self.alt_vi or str(self.asset)
