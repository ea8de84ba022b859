"""The actions that note who wrote a record: several people save it, and an import and a bulk edit save in one name the text of several."""

from collections.abc import Iterable

from ..models import Record
from ..models.authors import RecordAuthor


def add_author(record: int, user: int) -> None:
    """Notes by their keys that this person wrote a part of the record's text."""
    RecordAuthor.objects.bulk_create([RecordAuthor(record_id=record, user_id=user)], ignore_conflicts=True)


def add_authors(pairs: Iterable[tuple[Record, int]]) -> None:
    """Notes for each record the key of a person who wrote a part of its text. Where two people are needed, she does not decide of it."""
    rows = [RecordAuthor(record=record, user_id=user) for record, user in pairs]
    RecordAuthor.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
