"""Rows that belong to one record alone and are deleted with it: texts, dates, labels."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from library.accounts.models import Community
from library.calendars.edtf_dates import bounds
from library.vocabularies.models import Term, in_vocabulary

from ..language_tags import validate_language_tag


class RecordText(Orderable):
    """A text of the record in any language and script: another name, the title as in the source, a translation."""

    class Role(models.TextChoices):
        VERNACULAR_TITLE = "vernacular_title", _("Tên trong tiếng dân tộc")
        ORIGINAL_TITLE = "original_title", _("Tên nguyên văn trong nguồn")
        OTHER_TITLE = "other_title", _("Tên khác")
        SUMMARY = "summary", _("Tóm tắt bằng tiếng khác")
        NOTE = "note", _("Ghi chú")

    record = ParentalKey("records.Record", on_delete=models.CASCADE, related_name="texts")
    role = models.CharField(_("vai trò"), max_length=20, choices=Role.choices)
    language = models.CharField(_("tiếng"), max_length=40, validators=[validate_language_tag])
    text = models.TextField(_("nội dung"))

    class Meta(Orderable.Meta):
        verbose_name = _("văn bản")
        verbose_name_plural = _("văn bản")

    def __str__(self) -> str:
        return self.text[:80]


class RecordDate(Orderable):
    """A date as EDTF (ISO 8601-2), together with the wording of the source."""

    record = ParentalKey("records.Record", on_delete=models.CASCADE, related_name="dates")
    edtf = models.CharField(_("thời gian"), max_length=60, blank=True)
    calendar = models.ForeignKey(
        Term,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to=in_vocabulary("calendars"),
        verbose_name=_("lịch"),
    )
    wording = models.CharField(_("nguyên văn"), max_length=300, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("thời gian")
        verbose_name_plural = _("thời gian")

    def __str__(self) -> str:
        return self.wording or self.edtf

    def clean(self) -> None:
        if self.edtf:
            try:
                bounds(self.edtf)
            except ValueError as error:
                raise ValidationError(
                    {
                        "edtf": _("Chưa đọc được ngày “%(date)s”. Ví dụ: 1975, 1975?, 19XX, 1930/1945, 0576, -0010 (năm 11 TCN).")
                        % {"date": self.edtf}
                    }
                ) from error


class RecordLabel(Orderable):
    """A Local Contexts label or notice. Only the community's own account sets a label; an institution may set a notice."""

    record = ParentalKey("records.Record", on_delete=models.CASCADE, related_name="labels")
    label = models.ForeignKey(
        Term, on_delete=models.PROTECT, related_name="+", limit_choices_to=in_vocabulary("local_contexts_labels"), verbose_name=_("nhãn")
    )
    community = models.ForeignKey(Community, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("cộng đồng"))
    link = models.URLField(_("địa chỉ"), blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("nhãn của cộng đồng")
        verbose_name_plural = _("nhãn của cộng đồng")

    def __str__(self) -> str:
        return str(self.label)
