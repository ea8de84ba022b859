"""Rows of an import on their way into the database, each piece in a transaction of its own."""

from django.db import transaction

from background.leases import keep

from ..models import Import, ImportRow


def forget_rows(job: Import) -> None:
    """Removes what an earlier reading has left. Raises LeaseLostError."""
    with transaction.atomic():
        keep(job, done=0)
        job.rows.all().delete()


def store_piece(job: Import, rows: list[ImportRow]) -> int:
    """Keeps some rows in a transaction of their own; returns how many. Raises LeaseLostError."""
    with transaction.atomic():
        keep(job, done=(rows[-1].number if rows else 0))
        ImportRow.objects.bulk_create(rows)
    return len(rows)
