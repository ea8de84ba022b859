"""Vocabularies and their terms: labels in several languages, what is broader, how long a term is valid, and what it was merged into."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from .rows import UNKNOWN_START, LabelledRow, LoadedRow


class Vocabulary(LabelledRow, LoadedRow):
    """A closed list of terms, e.g. rights statements; its code is what profiles name."""

    code = models.SlugField(_("mã"), max_length=60, unique=True)
    source = models.CharField(_("nguồn"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("bộ từ vựng")
        verbose_name_plural = _("bộ từ vựng")
        ordering = ["code"]


class TermQuerySet(models.QuerySet["Term"]):
    def offered(self) -> "TermQuerySet":
        """The terms that a new choice may take today: neither merged nor refused, and valid."""
        today = localdate()
        valid = Q(valid_to=None) | Q(valid_to__gt=today)
        return self.filter(valid, valid_from__lte=today, state__in=OFFERED)


class Term(LabelledRow, LoadedRow, ClusterableModel):
    """One entry of a vocabulary: a language, a script, a rights statement, a kind of heritage.

    A term that was merged into another stays as a redirect: its code and its labels lead to the other.
    """

    class State(models.TextChoices):
        SUGGESTED = "suggested", _("đề xuất")
        APPROVED = "approved", pgettext_lazy("term", "đã duyệt")
        REFUSED = "refused", _("không nhận")
        MERGED = "merged", _("đã gộp")

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
    note = models.TextField(_("ghi chú"), blank=True, help_text=_("Dùng khi nào, không dùng khi nào. Chỉ cán bộ đọc."))
    state = models.CharField(_("trạng thái"), max_length=10, choices=State.choices, default=State.APPROVED, editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_terms", editable=False, verbose_name=_("đã gộp vào")
    )
    suggested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="suggested_terms", editable=False
    )
    decision = models.TextField(_("lý do"), blank=True, editable=False)  # why a suggestion was refused, for who suggested it

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("thuật ngữ")
        verbose_name_plural = pgettext_lazy("plural", "thuật ngữ")
        ordering = ["vocabulary", "position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["vocabulary", "code", "valid_from"], name="one_term_per_code_and_start"),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False) | (~Q(state="merged") & Q(merged_into=None)),
                name="a_merged_term_leads_to_another",
            ),
        ]
        permissions = [
            ("suggest_term", _("Đề xuất thuật ngữ")),
            ("decide_term", _("Duyệt thuật ngữ được đề xuất")),
            ("merge_term", _("Gộp thuật ngữ")),
        ]

    @property
    def offered(self) -> bool:
        """Whether a new choice may take it today."""
        return self.state in OFFERED and self.valid_from <= localdate() and not self.retired

    @property
    def choice_label(self) -> str:
        """The label, and what a person who chooses has to know."""
        return label_in_list(self.label, self.state, offered=self.offered)

    @property
    def retired(self) -> bool:
        """Whether it is valid no longer: it stays where it is used, and nobody chooses it anew."""
        return self.valid_to is not None and self.valid_to <= localdate()

    def clean(self) -> None:
        if self.valid_to and self.valid_to <= self.valid_from:
            raise ValidationError({"valid_to": _("Ngày hết hiệu lực phải sau ngày có hiệu lực.")})
        if self.broader is not None:
            self._check_broader(self.broader)

    def _check_broader(self, broader: "Term") -> None:
        if broader.vocabulary_id != self.vocabulary_id:
            raise ValidationError({"broader": _("“%(term)s” thuộc bộ từ vựng khác.") % {"term": broader.label}})
        if self.pk is not None and broader.is_within(self.pk):
            sentence = _("“%(term)s” đang nằm trong thuật ngữ này, nên không thể là thuật ngữ rộng hơn của nó.")
            raise ValidationError({"broader": sentence % {"term": broader.label}})

    def is_within(self, key: int) -> bool:
        """Whether it is the term of that key, or below it."""
        at: Term | None = self
        passed: set[int] = set()
        while at is not None and at.pk not in passed:
            if at.pk == key:
                return True
            passed.add(at.pk)
            at = at.broader
        return False


#: Vocabularies whose codes the program itself compares: their terms are not merged, and nobody suggests one.
FIXED_VOCABULARIES = ("record_types", "confidence", "calendars")
#: Vocabularies that people here go on with; the others follow laws, standards and the program.
OPEN_VOCABULARIES = ("materials", "colours", "motifs", "meaning_fields", "skills", "subjects", "agencies")
OFFERED = (Term.State.APPROVED, Term.State.SUGGESTED)


def label_in_list(label: str, state: str, *, offered: bool) -> str:
    """The label of a term in a list to choose from: it says of a term that it waits for its approval, or is not for new choices."""
    if state == Term.State.SUGGESTED:
        return gettext("%(term)s (đề xuất, chờ duyệt)") % {"term": label}
    if state == Term.State.REFUSED:
        return gettext("%(term)s (không nhận)") % {"term": label}
    return label if offered else gettext("%(term)s (hết hiệu lực)") % {"term": label}


class TermLabel(models.Model):
    """A label of a term beside its Vietnamese and its English one: in another language, or another word for the same."""

    class Kind(models.TextChoices):
        PREFERRED = "preferred", _("nhãn chính")
        ALTERNATIVE = "alternative", _("cách gọi khác")

    term = ParentalKey(Term, on_delete=models.CASCADE, related_name="labels", verbose_name=_("thuật ngữ"))
    language = models.CharField(_("tiếng"), max_length=40)
    text = models.CharField(_("nhãn"), max_length=300)
    kind = models.CharField(_("loại"), max_length=12, choices=Kind.choices, default=Kind.ALTERNATIVE)

    class Meta:
        verbose_name = _("nhãn của thuật ngữ")
        verbose_name_plural = _("nhãn của thuật ngữ")
        ordering = ["term", "kind", "language", "text"]
        constraints = [
            models.UniqueConstraint(fields=["term", "language", "text"], name="one_label_per_language_and_text"),
            models.UniqueConstraint(fields=["term", "language"], condition=Q(kind="preferred"), name="one_preferred_label_per_language"),
        ]

    def __str__(self) -> str:
        return self.text


def in_vocabulary(vocabulary: str) -> dict[str, str]:
    """The value of ``limit_choices_to`` for a field whose terms come from one vocabulary."""
    return {"vocabulary__code": vocabulary}
