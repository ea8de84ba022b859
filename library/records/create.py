"""The verb that opens a record: mints its permanent name."""

from django.db import transaction

from .identifiers import new_name
from .models import MintedIdentifier, Record


def mint() -> str:
    """A permanent name that nobody ever had; remembered before it is used."""
    while True:
        name, fresh = MintedIdentifier.objects.get_or_create(name=new_name())
        if fresh:
            return name.name


def mint_many(count: int) -> list[str]:
    """``count`` permanent names in few queries, for bulk loading."""
    names: set[str] = set()
    while len(names) < count:
        wanted = {new_name() for _ in range(count - len(names))}
        taken = set(MintedIdentifier.objects.filter(name__in=wanted).values_list("name", flat=True))
        MintedIdentifier.objects.bulk_create([MintedIdentifier(name=name) for name in wanted - taken])
        names |= wanted - taken
    return sorted(names)


def create(record: Record) -> Record:
    """Gives a new record its name and saves it as a draft."""
    with transaction.atomic():
        record.identifier = mint()
        record.live = False
        record.save()
    return record
