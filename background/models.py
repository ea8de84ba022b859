"""The state of each background work that fails now, or that is done by one worker for all of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkState(models.Model):
    """One work: on one machine, or (``host`` empty) shared by all workers."""

    name = models.CharField(max_length=60)
    host = models.CharField(max_length=80, blank=True)
    failures = models.PositiveIntegerField(default=0)  # in a row
    last_error = models.TextField(blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    succeeded_at = models.DateTimeField(null=True, blank=True)  # written for shared work, and when a failure has ended
    next_at = models.DateTimeField(null=True, blank=True)  # shared work only: no worker starts it before

    class Meta:
        verbose_name = _("việc nền")
        verbose_name_plural = _("việc nền")
        constraints = [models.UniqueConstraint(fields=["name", "host"], name="one_state_per_work_and_host")]

    def __str__(self) -> str:
        return f"{self.name} {self.host}".strip()
