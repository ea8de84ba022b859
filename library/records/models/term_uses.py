"""Which records use which terms. The rows are made from the records (library/records/terms/uses.py)."""

from django.db import models

from library.vocabularies.models import Term


class TermUse(models.Model):
    """A record that has a term: in a column, in a row of its own, in a field of its type, or in the draft of a change."""

    record = models.ForeignKey("records.Record", on_delete=models.CASCADE, related_name="term_uses")
    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="uses")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "record"], name="one_use_of_a_term_per_record")]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.term_id}"
