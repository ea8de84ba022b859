"""The verb that opens a record: it is given its permanent name and saved as a draft."""

from django.db import transaction

from ..models import Record
from ..models.identifiers import mint


def create(record: Record) -> Record:
    """Gives a new record its name and saves it as a draft."""
    with transaction.atomic():
        record.identifier = mint()
        record.live = False
        record.save()
    return record
