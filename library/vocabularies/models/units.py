"""Administrative units, of today and before July 2025, and the changes between them."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .rows import UNKNOWN_START, LabelledRow, LoadedRow
from .unit_names import english_name


class AdminUnit(LabelledRow, LoadedRow):
    """A province or commune of today, or a former province or district. Codes were reused in 2025: the key is (level, code, valid_from)."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("tỉnh, thành phố")
        COMMUNE = "commune", _("xã, phường, đặc khu")
        FORMER_PROVINCE = "former_province", _("tỉnh cũ")
        FORMER_DISTRICT = "former_district", _("huyện cũ")
        FORMER_COMMUNE = "former_commune", _("xã cũ")

    level = models.CharField(_("cấp"), max_length=20, choices=Level.choices)
    code = models.CharField(_("mã"), max_length=10)
    kind = models.CharField(_("loại"), max_length=60, blank=True)  # xã, phường, đặc khu, tỉnh …: data, not code
    slug = models.SlugField(_("tên trong địa chỉ"), max_length=120, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("thuộc"))
    latitude = models.FloatField(_("vĩ độ"), null=True, blank=True)
    longitude = models.FloatField(_("kinh độ"), null=True, blank=True)
    area_km2 = models.FloatField(_("diện tích (km²)"), null=True, blank=True)
    valid_from = models.DateField(_("có hiệu lực từ"), default=UNKNOWN_START)
    valid_to = models.DateField(_("hết hiệu lực"), null=True, blank=True)
    extra = models.JSONField(_("cột khác của nguồn"), default=dict, blank=True)

    class Meta:
        verbose_name = _("đơn vị hành chính")
        verbose_name_plural = _("đơn vị hành chính")
        ordering = ["level", "code"]
        constraints = [models.UniqueConstraint(fields=["level", "code", "valid_from"], name="one_unit_per_code_and_start")]
        indexes = [models.Index(fields=["level", "slug"])]

    @property
    def label(self) -> str:
        """The name in the reader's language; in English communes and former units are called by their kind and Vietnamese name."""
        return english_name(super().label) if get_language() == "en" else super().label


class AdminChange(LoadedRow):
    """One row of the change tables: an old unit went, wholly or in part, to a new one."""

    class How(models.TextChoices):
        WHOLE = "whole", _("nhập toàn bộ")
        UNCHANGED = "unchanged", _("giữ nguyên")
        PART = "part", _("nhập một phần")
        OTHER = "other", _("khác")

    old = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="became", verbose_name=_("đơn vị cũ"))
    new = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="came_from", verbose_name=_("đơn vị mới"))
    how = models.CharField(_("cách chuyển"), max_length=10, choices=How.choices)
    effective = models.DateField(_("ngày hiệu lực"))
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("thay đổi đơn vị hành chính")
        verbose_name_plural = _("thay đổi đơn vị hành chính")
        constraints = [models.UniqueConstraint(fields=["old", "new"], name="one_change_per_pair")]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"
