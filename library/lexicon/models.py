"""A concept, a list of words of one variety of a language, and the words: a concept as that list has it.

The shape is that of the CLDF data sets the lists come from: parameter, language and form (https://cldf.clld.org).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from library.vocabularies.models import EthnicGroup, LabelledRow, LoadedRow, Term, in_vocabulary


class Concept(LabelledRow, LoadedRow):
    """A meaning that lists of many languages have a word for."""

    code = models.SlugField(_("tên trong địa chỉ"), max_length=60, unique=True)
    field = models.ForeignKey(
        Term,
        on_delete=models.PROTECT,
        related_name="concepts",
        limit_choices_to=in_vocabulary("meaning_fields"),
        verbose_name=_("nhóm nghĩa"),
    )
    concepticon_id = models.CharField(_("mã Concepticon"), max_length=10, blank=True)
    order = models.PositiveSmallIntegerField(_("thứ tự"))

    class Meta:
        verbose_name = _("khái niệm")
        verbose_name_plural = _("khái niệm")
        ordering = ["order"]


class WordList(LoadedRow):
    """The words of one variety in one publication. Spellings of different lists are not to be compared."""

    code = models.SlugField(_("tên trong địa chỉ"), max_length=80, unique=True)
    variety = models.CharField(_("phương ngữ, như nguồn ghi"), max_length=120)
    groups = models.ManyToManyField(EthnicGroup, related_name="word_lists", verbose_name=_("dân tộc"))
    language = models.ForeignKey(
        Term,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="word_lists",
        limit_choices_to=in_vocabulary("languages"),
        verbose_name=_("ngôn ngữ"),
    )
    glottocode = models.CharField(_("mã Glottolog"), max_length=10, blank=True)
    country = models.CharField(_("nước, nơi ghi"), max_length=60, blank=True)  # empty: the source does not say
    confidence = models.CharField(_("độ tin cậy"), max_length=10)
    licence = models.CharField(_("giấy phép"), max_length=30)
    citation = models.CharField(_("nguồn"), max_length=500)
    dataset = models.CharField(_("bộ dữ liệu"), max_length=60)

    class Meta:
        verbose_name = _("bảng từ")
        verbose_name_plural = _("bảng từ")
        ordering = ["variety", "code"]

    def __str__(self) -> str:
        return self.variety


class Word(LoadedRow):
    """One form of a list for a concept, as the source prints it."""

    list = models.ForeignKey(WordList, on_delete=models.CASCADE, related_name="words", verbose_name=_("bảng từ"))
    concept = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="words", verbose_name=_("khái niệm"))
    form = models.CharField(_("dạng từ"), max_length=200)
    ipa = models.CharField(_("phiên âm"), max_length=200, blank=True)
    note = models.CharField(_("nghĩa theo nguồn"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("từ")
        verbose_name_plural = _("từ")
        ordering = ["pk"]  # as in the file: the main form comes first
        constraints = [models.UniqueConstraint(fields=["list", "concept", "form"], name="one_row_per_form")]

    def __str__(self) -> str:
        return self.form
