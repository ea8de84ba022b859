"""Which records have gone out in a pack: asked when a record is closed, and for the list of what packs have to hide."""

from django.db import models

from library.records.models import Record

from .packs import Pack


class PackedRecord(models.Model):
    """A record in some issue of a pack. The row stays when the record leaves the pack or the library: a copy may be on somebody's card."""

    pack = models.ForeignKey(Pack, on_delete=models.CASCADE, related_name="packed")
    record = models.ForeignKey(Record, on_delete=models.SET_NULL, null=True, related_name="+")
    identifier = models.CharField(max_length=20)
    number = models.PositiveIntegerField()  # of the last issue that holds it
    assets = models.JSONField(default=list)  # keys of the files that the pack shows
    tracks = models.JSONField(default=list)  # keys of their text tracks that it shows
    contact = models.BooleanField(default=False)  # the pack shows how to reach the makers
    closed_number = models.PositiveIntegerField(default=0)  # issues up to this one show what readers may no longer see

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pack", "identifier"], name="one_row_per_pack_and_record")]
        indexes = [models.Index(fields=["closed_number"])]

    def __str__(self) -> str:
        return self.identifier
