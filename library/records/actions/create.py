"""The action that creates a record, as a draft with a permanent name."""

from django.db import transaction

from ..models import Record
from ..models.identifiers import mint


def create(record: Record) -> Record:
    """Gives an unsaved record its permanent name and saves it as a draft."""
    with transaction.atomic():
        record.identifier = mint()
        record.live = False
        record.save()
    return record
