"""Authority rows. Loaded from collections/vocabularies/ by load.py; a row that a person edited is never overwritten."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

UNKNOWN_START = date(1, 1, 1)  # an unchanged unit has no recorded start; NULLs would not collide in a unique key


class Labelled(models.Model):
    """Something with a Vietnamese and an English label."""

    label_vi = models.CharField(_("nhãn tiếng Việt"), max_length=300)
    label_en = models.CharField(_("nhãn tiếng Anh"), max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The label in the reader's language, Vietnamese where there is no other."""
        return (self.label_en if get_language() == "en" else "") or self.label_vi


class LoadedRow(models.Model):
    """A row that came from a file: the fingerprint of what was loaded tells later whether a person has edited it since."""

    loaded_fingerprint = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True


class LoadedFolder(models.Model):
    """Which files were loaded last: a start of the library need not read them again while they have not changed."""

    name = models.SlugField(unique=True)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("thư mục đã nạp")
        verbose_name_plural = _("thư mục đã nạp")

    def __str__(self) -> str:
        return self.name


class Vocabulary(Labelled, LoadedRow):
    """A closed list of terms, e.g. rights statements; its code is what profiles name."""

    code = models.SlugField(_("mã"), max_length=60, unique=True)
    source = models.CharField(_("nguồn"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("bộ từ vựng")
        verbose_name_plural = _("bộ từ vựng")
        ordering = ["code"]


class Term(Labelled, LoadedRow):
    """One entry of a vocabulary: a language, a script, a rights statement, a kind of heritage."""

    vocabulary = models.ForeignKey(Vocabulary, on_delete=models.CASCADE, related_name="terms", verbose_name=_("bộ từ vựng"))
    code = models.CharField(_("mã"), max_length=60)
    broader = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="narrower", verbose_name=_("thuật ngữ rộng hơn")
    )
    uri = models.URLField(_("địa chỉ chuẩn"), max_length=300, blank=True)
    extra = models.JSONField(_("cột khác của nguồn"), default=dict, blank=True)
    position = models.PositiveIntegerField(_("thứ tự"), default=0)
    valid_from = models.DateField(_("có hiệu lực từ"), default=UNKNOWN_START)
    valid_to = models.DateField(_("hết hiệu lực"), null=True, blank=True)

    class Meta:
        verbose_name = _("thuật ngữ")
        verbose_name_plural = _("thuật ngữ")
        ordering = ["vocabulary", "position", "code"]
        constraints = [models.UniqueConstraint(fields=["vocabulary", "code", "valid_from"], name="one_term_per_code_and_start")]


def of(vocabulary: str) -> dict[str, str]:
    """What limits a choice of terms to one vocabulary."""
    return {"vocabulary__code": vocabulary}


class AdminUnit(Labelled, LoadedRow):
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


class EthnicGroup(LoadedRow):
    """One of the 54 groups. ``code`` is its place in the list of 1979 (Decision 121-TCTK/PPCĐ), as in the census tables.

    Codes of both official lists are rows of GroupCode, names are rows of GroupName.
    """

    code = models.CharField(_("mã (1979)"), max_length=2, unique=True)
    name_vi = models.CharField(_("tên (2019)"), max_length=60)
    name_1979 = models.CharField(_("tên (1979)"), max_length=60, blank=True)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=60)
    slug = models.SlugField(_("tên trong địa chỉ"), max_length=60, unique=True)
    language_vi = models.CharField(_("tiếng nói, bằng tiếng Việt"), max_length=200, blank=True)
    language_en = models.CharField(_("tiếng nói, bằng tiếng Anh"), max_length=200, blank=True)
    family_vi = models.CharField(_("ngữ hệ, bằng tiếng Việt"), max_length=100, blank=True)
    family_en = models.CharField(_("ngữ hệ, bằng tiếng Anh"), max_length=100, blank=True)
    branch_vi = models.CharField(_("nhánh, bằng tiếng Việt"), max_length=100, blank=True)
    branch_en = models.CharField(_("nhánh, bằng tiếng Anh"), max_length=100, blank=True)
    languages: models.ManyToManyField = models.ManyToManyField(
        Term, blank=True, related_name="spoken_by", verbose_name=_("ngôn ngữ"), limit_choices_to={"vocabulary__code": "languages"}
    )
    scripts: models.ManyToManyField = models.ManyToManyField(
        Term, blank=True, related_name="written_by", verbose_name=_("chữ viết"), limit_choices_to={"vocabulary__code": "scripts"}
    )
    scripts_confidence = models.CharField(_("độ tin cậy của chữ viết"), max_length=10, blank=True)
    population_2019 = models.PositiveIntegerField(_("dân số 1/4/2019"), null=True, blank=True)
    glottocodes = models.JSONField(_("mã Glottolog"), default=list, blank=True)
    provinces: models.ManyToManyField = models.ManyToManyField(
        AdminUnit, blank=True, related_name="groups", verbose_name=_("tỉnh"), limit_choices_to={"level": AdminUnit.Level.PROVINCE}
    )
    former_provinces: models.ManyToManyField = models.ManyToManyField(
        AdminUnit,
        blank=True,
        related_name="groups_before_2025",
        verbose_name=_("tỉnh cũ"),
        limit_choices_to={"level": AdminUnit.Level.FORMER_PROVINCE},
    )
    whole_country = models.BooleanField(_("sống khắp cả nước"), default=False)
    confidence = models.CharField(_("độ tin cậy"), max_length=10)
    sources = models.JSONField(_("nguồn"), default=list, blank=True)
    note = models.TextField(_("ghi chú nội bộ"), blank=True)  # names words that must not be shown: staff only

    class Meta:
        verbose_name = _("dân tộc")
        verbose_name_plural = _("dân tộc")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language: the spelling of the census of 2019, or the English one."""
        return self.name_en if get_language() == "en" else self.name_vi


class GroupCode(LoadedRow):
    """What a code of an official list means. The two lists give 01-54 in different orders: a code without its list says nothing.

    55 (foreigner) and 99 (unknown) occur in exchange data; they name no group.
    """

    class List(models.TextChoices):
        LIST_1979 = "1979", _("danh mục 1979 (Quyết định 121-TCTK/PPCĐ)")
        LIST_2008 = "2008", _("danh mục 2008 (Quyết định 1019/QĐ-TCTK)")

    list = models.CharField(_("danh mục"), max_length=10, choices=List.choices)
    code = models.CharField(_("mã"), max_length=2)
    valid_from = models.DateField(_("có hiệu lực từ"))
    group = models.ForeignKey(EthnicGroup, on_delete=models.CASCADE, null=True, blank=True, related_name="codes", verbose_name=_("dân tộc"))

    class Meta:
        verbose_name = _("mã dân tộc")
        verbose_name_plural = _("mã dân tộc")
        ordering = ["list", "code"]
        constraints = [models.UniqueConstraint(fields=["list", "code", "valid_from"], name="one_meaning_per_list_code_and_start")]

    def __str__(self) -> str:
        return f"{self.list}: {self.code}"


class GroupNameQuerySet(models.QuerySet["GroupName"]):
    def displayable(self) -> "GroupNameQuerySet":
        """Names that may be shown. Deprecated names are found, never shown (domain handbook, section 4)."""
        return self.filter(display=True)


class GroupName(LoadedRow):
    """One spelling of one group's name. Nine deprecated names belong to several groups; that is why this is a pair."""

    class Kind(models.TextChoices):
        OFFICIAL_1979 = "official-1979", _("tên năm 1979")
        OTHER = "other", _("tên khác")
        ENGLISH = "english", _("tên tiếng Anh")
        SUBGROUP = "subgroup", _("nhóm địa phương")
        DEPRECATED = "deprecated", _("tên không dùng nữa")

    group = models.ForeignKey(EthnicGroup, on_delete=models.CASCADE, related_name="names", verbose_name=_("dân tộc"))
    name = models.CharField(_("tên"), max_length=100)
    kind = models.CharField(_("loại"), max_length=20, choices=Kind.choices)
    display = models.BooleanField(_("được hiện ra"), default=True)

    objects = GroupNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("tên dân tộc")
        verbose_name_plural = _("tên dân tộc")
        ordering = ["group", "kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["group", "name", "kind"], name="one_row_per_name_and_kind"),
            models.CheckConstraint(condition=~Q(kind="deprecated") | Q(display=False), name="deprecated_is_never_shown"),
        ]

    def __str__(self) -> str:
        return self.name


class Source(LoadedRow):
    """A source that rows of the starter data cite by its id (SOURCES.md). The id OWN is never stored and never printed."""

    code = models.CharField(_("mã"), max_length=60, unique=True)
    title = models.CharField(_("nhan đề"), max_length=500)
    urls = models.JSONField(_("địa chỉ"), default=list, blank=True)
    licence = models.CharField(_("giấy phép"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("nguồn")
        verbose_name_plural = _("nguồn")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title
