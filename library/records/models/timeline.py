"""The dates of records as a timeline reads them. The rows are made from the records (library/records/timeline.py)."""

from django.db import models


class TimelineDate(models.Model):
    """One date of a published record, with its place in the timeline (library/calendars/placing.py).

    ``kind``: what is dated: empty for what the record tells of, the level of a listing, or the key of a field of the profile. ``wording``:
    the words of the source, where the record has them.
    """

    record = models.ForeignKey("records.Record", on_delete=models.CASCADE, related_name="timeline_dates")
    kind = models.CharField(max_length=40)
    edtf = models.CharField(max_length=60)
    wording = models.CharField(max_length=300)
    century = models.SmallIntegerField()
    year = models.IntegerField(null=True)
    first_day = models.BigIntegerField()
    begins_on = models.CharField(max_length=12, db_index=True)
    ends_on = models.CharField(max_length=12, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["century", "year", "first_day", "record"])]

    def __str__(self) -> str:
        return f"{self.record_id} {self.edtf}"
