"""Rows of an import on their way into the database, each piece in a transaction of its own."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from background.leases import keep
from library.many_rows import Row, insert_many
from library.records.actions.create_many import Created

from ..models import Import, ImportedRecord, ImportRow


def forget_rows(job: Import) -> None:
    """Removes what an earlier reading has left. Raises LeaseLostError."""
    with transaction.atomic():
        keep(job, done=0)
        job.rows.all().delete()


def waiting_rows(job: Import, outcome: str) -> "QuerySet[ImportRow]":
    """The rows of one outcome that are not written yet, in their order, without their notes.

    An index has them so. For several outcomes, or for ``NOT finished`` as Django writes ``False``, SQLite reads all rows for each piece.
    """
    return job.rows.filter(outcome=outcome, finished__in=[False]).order_by("number").defer("notes")


def row_of(job: Import, number: int, cells: Sequence[Any]) -> Row:
    """A row of the file as it is kept."""
    return {"owner_id": job.pk, "number": number, "cells": list(cells)}


def store_piece(job: Import, rows: Sequence[Row]) -> int:
    """Keeps some rows in a transaction of their own; returns how many. Raises LeaseLostError."""
    with transaction.atomic():
        keep(job, done=(rows[-1]["number"] if rows else 0))
        insert_many(ImportRow, rows)
    return len(rows)


def note_created(job: Import, numbers: Sequence[int], records: Sequence[Created]) -> None:
    """Notes in the transaction of the records which row each of them was made of."""
    rows = [{"owner_id": job.pk, "number": number, "created": True} for number in numbers]
    told = [{"record_id": record.pk, "saved_at": record.updated_at} for record in records]
    insert_many(ImportedRecord, [row | what for row, what in zip(rows, told, strict=True)])
