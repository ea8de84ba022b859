"""One merge of two terms: the step that moves the uses is a job, for a term may be used by thousands of records."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from background.leases import LeasedJob

from .terms import Term


class TermMerge(LeasedJob):
    """Every use of ``old`` goes to ``new``. ``done`` counts the records of ``total`` that were moved."""

    class State(models.TextChoices):
        RUNNING = "running", _("Đang gộp")
        DONE = "done", _("Xong")

    AT_WORK = (State.RUNNING,)

    old = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="+", verbose_name=_("thuật ngữ gộp đi"))
    new = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="+", verbose_name=_("thuật ngữ giữ lại"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)

    class Meta(LeasedJob.Meta):
        verbose_name = _("lần gộp thuật ngữ")
        verbose_name_plural = _("các lần gộp thuật ngữ")

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"
