"""The actions that note who wrote a record: several people save it, and an import and a bulk edit save in one name the text of several."""

from collections.abc import Iterable

from ..models.authors import RecordAuthor


def add_author(record: int, user: int) -> None:
    """Notes by their keys that this person wrote a part of the record's text."""
    add_authors([(record, user)])


def add_authors(pairs: Iterable[tuple[int, int]]) -> None:
    """The same for many records and people. Where two people are needed, none of these decides of the record."""
    rows = [RecordAuthor(record_id=record, user_id=user) for record, user in pairs]
    RecordAuthor.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
