"""Who wrote the text of a record that is not public yet: who saved it, and whom no version names."""

from django.conf import settings
from django.db import models


class RecordAuthor(models.Model):
    """One person. A publication ends it: what is written afterwards is a new text."""

    record = models.ForeignKey("records.Record", on_delete=models.CASCADE, related_name="co_authors")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "user"], name="one_author_per_record_and_person")]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.user_id}"
