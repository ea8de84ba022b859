"""The action that notes who else wrote a record: an import and a bulk edit save in one name the text of several people."""

from collections.abc import Iterable

from ..models import Record
from ..models.authors import RecordAuthor


def add_authors(pairs: Iterable[tuple[Record, int]]) -> None:
    """Notes for each record the key of a person who wrote a part of its text. Where two people are needed, she does not decide of it."""
    rows = [RecordAuthor(record=record, user_id=user) for record, user in pairs]
    RecordAuthor.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
