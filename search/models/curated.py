"""What curators set for a question: records that stand first, records that do not come, words that mean the same."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from ..understanding import LONGEST_KEY, question_key


class CuratedQuestionQuerySet(models.QuerySet["CuratedQuestion"]):
    def in_force(self, today: date) -> "CuratedQuestionQuerySet":
        """Those without an end, and those whose last day has not passed."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today))


class CuratedQuestion(ClusterableModel):
    """A question as readers type it, with what is set for it. ``key`` is its folded words: every spelling of marks is one question."""

    question = models.CharField(_("câu độc giả gõ"), max_length=200, help_text=_("Gõ có dấu. Độc giả gõ không dấu cũng là câu này."))
    key = models.CharField(max_length=LONGEST_KEY, unique=True, editable=False)
    note = models.CharField(_("lý do"), max_length=300, help_text=_("Để người sau hiểu vì sao đặt như vậy."))
    ends_on = models.DateField(_("ngày cuối cùng có hiệu lực"), null=True, blank=True, help_text=_("Để trống nếu không có hạn."))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("người đặt")
    )
    created_at = models.DateTimeField(_("đặt lúc"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("sửa lúc"), auto_now=True)

    objects = CuratedQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("câu tìm đã chỉnh")
        verbose_name_plural = _("câu tìm đã chỉnh")
        ordering = ["question"]

    def __str__(self) -> str:
        return self.question

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = question_key(self.question)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Raises ValidationError for a question without words, and for one that is there already, in whatever spelling."""
        key = question_key(self.question)
        if not key:
            raise ValidationError({"question": _("Câu tìm phải có chữ.")})
        same = CuratedQuestion.objects.exclude(pk=self.pk).filter(key=key).first()
        if same:
            raise ValidationError({"question": _("Đã có câu này, viết là “%(question)s”.") % {"question": same.question}})

    @property
    def ended(self) -> bool:
        """Whether its last day has passed."""
        return self.ends_on is not None and self.ends_on < timezone.localdate()


class CuratedPin(Orderable):
    """A record that stands first for the question, after those before it."""

    curated = ParentalKey(CuratedQuestion, on_delete=models.CASCADE, related_name="pins")
    record = models.ForeignKey("records.Record", on_delete=models.CASCADE, related_name="+", verbose_name=_("tư liệu"))

    class Meta(Orderable.Meta):
        verbose_name = _("tư liệu ghim lên đầu")
        verbose_name_plural = _("tư liệu ghim lên đầu")

    def __str__(self) -> str:
        return f"{self.curated} ↑ {self.record}"


class CuratedBar(Orderable):
    """A record that does not come for the question."""

    curated = ParentalKey(CuratedQuestion, on_delete=models.CASCADE, related_name="bars")
    record = models.ForeignKey("records.Record", on_delete=models.CASCADE, related_name="+", verbose_name=_("tư liệu"))

    class Meta(Orderable.Meta):
        verbose_name = _("tư liệu không cho ra")
        verbose_name_plural = _("tư liệu không cho ra")

    def __str__(self) -> str:
        return f"{self.curated} ✕ {self.record}"


class CuratedSynonym(Orderable):
    """Words that mean the same as those of the question, wherever these stand in a query."""

    curated = ParentalKey(CuratedQuestion, on_delete=models.CASCADE, related_name="synonyms")
    words = models.CharField(_("từ đồng nghĩa"), max_length=100, help_text=_("Một từ hay một cụm, tiếng Việt hay tiếng Anh."))
    both_ways = models.BooleanField(
        _("hai chiều"), default=True, help_text=_("Bỏ dấu này thì chỉ câu trên tìm thêm từ này, gõ từ này không tìm thêm câu trên.")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("từ đồng nghĩa")
        verbose_name_plural = _("từ đồng nghĩa")

    def __str__(self) -> str:
        return f"{self.curated} = {self.words}"

    def clean(self) -> None:
        """Raises ValidationError for a synonym without words."""
        if not question_key(self.words):
            raise ValidationError({"words": _("Từ đồng nghĩa phải có chữ.")})
