"""The 54 ethnic groups, the codes of the official lists, and every spelling of every name."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .rows import LoadedRow
from .terms import Term
from .units import AdminUnit


class EthnicGroup(LoadedRow):
    """One of the 54 ethnic groups. ``code`` is its number in the list of 1979 (Decision 121-TCTK/PPCĐ), as in the census tables.

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
    """The meaning of a code in one official list. The two lists number 01-54 differently, so a code means nothing without its list.

    55 (foreigner) and 99 (unknown) occur in exchanged data; they stand for no group.
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
        """Names that may be shown. Deprecated names are searched, never shown (domain handbook, section 4)."""
        return self.filter(display=True)


class GroupName(LoadedRow):
    """One spelling of the name of one group. Nine deprecated names belong to several groups, so a row is a pair of group and name."""

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
    other_name_of = models.CharField(_("tên khác của nhóm địa phương"), max_length=100, blank=True)

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
