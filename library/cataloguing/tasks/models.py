"""A task of collecting: one people, one type of record, one office."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from library.accounts.models import Office
from library.records.profiles import profile
from library.vocabularies.models import EthnicGroup


class CollectingTaskQuerySet(models.QuerySet["CollectingTask"]):
    def open(self) -> "CollectingTaskQuerySet":
        """Those that nobody has finished."""
        return self.filter(done_at=None)

    def of(self, user: Any) -> "CollectingTaskQuerySet":
        """The open tasks of the person: given to her, or to her office without a name."""
        mine = Q(assignee=user) | Q(assignee=None)
        return self.open().filter(mine, office=user.office_id) if user.office_id else self.none()


class CollectingTask(models.Model):
    """What is missing, who looks for it, and until when."""

    group = models.ForeignKey(EthnicGroup, on_delete=models.CASCADE, related_name="+", verbose_name=_("dân tộc"))
    record_type = models.CharField(_("loại tư liệu"), max_length=40)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="collecting_tasks", verbose_name=_("giao cho cơ quan"))
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("giao cho người")
    )
    note = models.CharField(_("dặn thêm"), max_length=500, blank=True)
    due = models.DateField(_("hạn"), null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    done_at = models.DateTimeField(null=True, editable=False)

    objects = CollectingTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("việc sưu tầm")
        verbose_name_plural = _("việc sưu tầm")
        ordering = ["due", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "record_type", "office"], condition=Q(done_at=None), name="one_open_task_per_group_type_and_office"
            )
        ]

    def __str__(self) -> str:
        return f"{profile(self.record_type).label} · {self.group}"

    @property
    def type_label(self) -> str:
        """The type in words of the reader's language."""
        return str(profile(self.record_type).label)

    @property
    def is_overdue(self) -> bool:
        """Whether its day has passed and nobody has finished it."""
        return self.done_at is None and self.due is not None and self.due < timezone.localdate()
