"""One bulk edit: what is changed, for whom, how far the worker is; and each of its records with its values before and after."""

from collections import Counter

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from background.leases import LeasedJob
from library.accounts.models import Office
from library.records.models import Record


class State(models.TextChoices):
    """Where a bulk edit stands. The worker moves CHECKING, RUNNING and UNDOING on; a person all others."""

    CHECKING = "checking", _("Đang xem trước")
    CHECKED = "checked", _("Đã xem trước, chờ sửa")
    RUNNING = "running", _("Đang sửa")
    DONE = "done", _("Xong")
    UNDOING = "undoing", _("Đang hoàn tác")
    UNDONE = "undone", _("Đã hoàn tác")


class Outcome(models.TextChoices):
    """What becomes of a record: each one that was looked at has exactly one of these."""

    CHANGE = "change", _("đổi")
    SAME = "same", _("giữ nguyên, đã đúng như vậy")
    REFUSE = "refuse", _("không đổi được")


class BulkEdit(LeasedJob):
    """One change to many records. ``done`` counts the records of the step that is at work."""

    AT_WORK = (State.CHECKING, State.RUNNING, State.UNDOING)

    office = models.ForeignKey(Office, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("cơ quan"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")  # of the step at work
    language = models.CharField(max_length=10, default="vi")  # of the actor: reasons are written in it
    change = models.CharField(max_length=120)  # its code in the table of changes
    value = models.JSONField(null=True, encoder=DjangoJSONEncoder)  # of a decision: none
    keywords = models.JSONField(default=list)  # keys of keywords that it brought into the library
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHECKING)

    class Meta(LeasedJob.Meta):
        verbose_name = _("lần sửa hàng loạt")
        verbose_name_plural = _("các lần sửa hàng loạt")

    def __str__(self) -> str:
        return f"{self.change} ({self.total})"

    def counts(self) -> Counter[str]:
        """Outcome → number of records."""
        return Counter(dict(self.records.order_by().values_list("outcome").annotate(number=models.Count("pk"))))


class EditedRecord(models.Model):
    """One record of a bulk edit. ``before`` and ``after`` are what the change reads: a value, a list of keys, a state of review."""

    owner = models.ForeignKey(BulkEdit, on_delete=models.CASCADE, related_name="records")
    number = models.PositiveIntegerField()
    record = models.ForeignKey(Record, on_delete=models.SET_NULL, null=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    reason = models.TextField(blank=True)  # why it is refused
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    revision = models.PositiveBigIntegerField(null=True)  # the version that was previewed
    finished = models.BooleanField(default=False)  # the change is written
    undone = models.CharField(max_length=10, blank=True)  # "undone", or why not: "changed", "refused"

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["owner", "number"], name="one_edited_record_per_number")]
        indexes = [models.Index(fields=["owner", "outcome", "finished", "number"])]

    def __str__(self) -> str:
        return f"{self.owner_id}:{self.number}"
