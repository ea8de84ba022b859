"""Keeps what is known of the uses of terms true to the records, and has records follow merges: in the transaction of each change."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from library.many_rows import among, insert_many
from library.vocabularies.merges import Merges, read_merges
from library.vocabularies.models import Term

from ..models import Record
from ..models.term_uses import TermUse
from ..profiles import profile
from ..signals import announce
from .details import Code, codes_in, with_codes
from .relations import move, term_columns, uses_of_records
from .versions import terms_in

RECORDS_AT_ONCE = 500
Use = tuple[int, int]  # record and term


@transaction.atomic
def update_term_uses(record_ids: Iterable[int]) -> None:
    """Writes the uses of these records anew where they differ. A merged term that code has just written gives way to what it leads to."""
    ids = list(dict.fromkeys(record_ids))
    for start in range(0, len(ids), RECORDS_AT_ONCE):
        _update(ids[start : start + RECORDS_AT_ONCE])


def update_all_term_uses() -> None:
    """Does the same for every record: for those that were there before uses were written down."""
    keys = Record.objects.order_by("pk").values_list("pk", flat=True)
    last = 0
    while ids := list(keys.filter(pk__gt=last)[:RECORDS_AT_ONCE]):
        update_term_uses(ids)
        last = ids[-1]


def unwritten() -> "QuerySet[Record]":
    """The records whose uses nobody has written down: those of an older version of the library. Every record uses a term, its rights."""
    return Record.objects.filter(term_uses=None)


def write_some_uses() -> bool:
    """Writes down the uses of the next such records, and tells of those that follow a merge. Returns whether there were some."""
    with transaction.atomic():
        ids = list(unwritten().order_by("pk").values_list("pk", flat=True)[:RECORDS_AT_ONCE])
        announce(follow_merges(ids, read_merges()))
        update_term_uses(ids)
    return bool(ids)


def _update(ids: list[int]) -> None:
    merged = read_merges()
    if merged.keys:
        follow_merges(ids, merged)
    expected = {(record, merged.key(term)) for record, term in _uses(ids, merged)}
    stored = dict(_stored(ids))
    gone = [pk for pk, use in stored.items() if use not in expected]
    fresh = expected - set(stored.values())
    if gone:
        TermUse.objects.filter(pk__in=gone).delete()
    insert_many(TermUse, [{"record_id": record, "term_id": term} for record, term in sorted(fresh)], ignore_conflicts=True)


def _stored(ids: list[int]) -> Iterator[tuple[int, Use]]:
    for pk, record, term in TermUse.objects.filter(among("record_id", ids)).values_list("pk", "record_id", "term_id"):
        yield pk, (record, term)


def _uses(ids: list[int], merged: Merges) -> set[Use]:
    """What columns, own fields and the latest version of the records have."""
    uses = uses_of_records(ids)
    named: set[tuple[int, Code]] = set()
    for pk, record_type, details, content in _contents(ids):
        if details:
            named |= {(pk, code) for code in codes_in(profile(record_type), details)}
        if content is not None:
            keys, codes = terms_in(Record, record_type, content)
            uses |= {(pk, key) for key in keys}
            named |= {(pk, code) for code in codes}
    keys_by_code = _keys_of({code for _pk, code in named}, merged)
    known = set(Term.objects.filter(pk__in={term for _record, term in uses}).values_list("pk", flat=True))
    return {use for use in uses if use[1] in known} | {(pk, keys_by_code[code]) for pk, code in named if code in keys_by_code}


def _contents(ids: list[int]) -> Iterator[tuple[int, str, list[Any], dict[str, Any] | None]]:
    """Key, type, stored fields and the content of the latest version of each record."""
    stored = Cast("details", TextField())  # without the blocks that pages need
    rows = Record.objects.filter(among("pk", ids)).order_by().values_list("pk", "record_type", stored, "latest_revision__content")
    for pk, record_type, details, content in rows:
        yield pk, record_type, json.loads(details), content


def _keys_of(codes: set[Code], merged: Merges) -> dict[Code, int]:
    """Vocabulary and code → key. Of a code that returned in another time, the later term."""
    followed = {(vocabulary, merged.code(vocabulary, code)) for vocabulary, code in codes}
    if not followed:
        return {}
    terms = Term.objects.filter(vocabulary__code__in={each for each, _code in followed}, code__in={each for _vocabulary, each in followed})
    keys = {(vocabulary, code): pk for vocabulary, code, pk in terms.order_by("valid_from").values_list("vocabulary__code", "code", "pk")}
    return {(v, c): keys[v, merged.code(v, c)] for v, c in codes if (v, merged.code(v, c)) in keys}


def follow_merges(record_ids: list[int], merged: Merges) -> set[int]:
    """Has columns, rows and own fields of these records name what merged terms lead to.

    Returns the records that did not. Sends no news: the caller does.
    """
    stale = {(record, term) for record, term in uses_of_records(record_ids) if term in merged.keys}
    changed = {record for record, _term in stale}
    for old in {term for _record, term in stale}:
        for column in term_columns():
            if column.record:
                move(column, old, merged.keys[old], column.rows.filter(**{f"{column.record}__in": record_ids}))
    for record in Record.objects.filter(pk__in=record_ids).only("record_type", "details"):
        details = list(record.details.get_prep_value())
        followed = with_codes(profile(record.record_type), details, merged.code)
        if followed != details:
            Record.objects.filter(pk=record.pk).update(details=followed)
            changed.add(record.pk)
    return changed
