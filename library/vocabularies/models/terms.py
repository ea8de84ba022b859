"""Vocabularies and their terms."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .rows import UNKNOWN_START, LabelledRow, LoadedRow


class Vocabulary(LabelledRow, LoadedRow):
    """A closed list of terms, e.g. rights statements; its code is what profiles name."""

    code = models.SlugField(_("mã"), max_length=60, unique=True)
    source = models.CharField(_("nguồn"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("bộ từ vựng")
        verbose_name_plural = _("bộ từ vựng")
        ordering = ["code"]


class Term(LabelledRow, LoadedRow):
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


def in_vocabulary(vocabulary: str) -> dict[str, str]:
    """The value of ``limit_choices_to`` for a field whose terms come from one vocabulary."""
    return {"vocabulary__code": vocabulary}
