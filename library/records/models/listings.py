"""What public decisions say of listed heritage. The rows are made from the records (library/records/listings.py)."""

from django.db import models

from media_pipeline.text.names import NameKeyField


class HeritageListing(models.Model):
    """One listing of a published record as the decision of the state has it: name, list, year, number and places.

    A decision is public whatever the access level of the record: these columns may be shown to everybody, and nothing else of a
    record that a reader may not see. What is withdrawn has no rows.
    """

    record = models.ForeignKey("records.Record", on_delete=models.CASCADE, related_name="heritage_listings")
    level = models.CharField(max_length=10)
    list_name = models.TextField()
    title = models.TextField()
    title_key = NameKeyField(sources=("title",))
    year = models.CharField(max_length=40)
    decision = models.TextField()
    first_number = models.PositiveIntegerField(null=True)  # of the decision; of several ("3437-3439/QĐ-BVHTTDL") the first
    last_number = models.PositiveIntegerField(null=True)
    places = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["first_number", "last_number"])]

    def __str__(self) -> str:
        return f"{self.title} ({self.decision or self.year})"
