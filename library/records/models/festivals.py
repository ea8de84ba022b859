"""The days of festivals. The rows are made from the records (library/records/festivals) and hold nothing that those do not hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FestivalOccurrence(models.Model):
    """One time that a published festival is held; or, without days, that it is known by words only: a row for each month that they name.

    ``month``: such a month, ``lunar-1`` or ``solar-4``; empty where the words name none.
    """

    class Status(models.TextChoices):
        COMPUTED = "computed", _("tính từ quy tắc")
        ENTERED = "entered", _("đã báo")
        AROUND = "around", _("khoảng")
        WORDS = "words", _("chỉ biết bằng lời")

    record = models.ForeignKey("records.Record", on_delete=models.CASCADE, related_name="festival_occurrences")
    start = models.DateField(null=True)
    end = models.DateField(null=True)
    status = models.CharField(max_length=8, choices=Status.choices)

    month = models.CharField(max_length=8, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["start", "end", "record"]), models.Index(fields=["status", "record"])]

    def __str__(self) -> str:
        return f"{self.record_id} {self.start}/{self.end}"
