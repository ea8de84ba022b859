"""Which office decides next: the record's own, then those above it, up to the level that the profile of its type names.

An office without anybody who may decide is passed over, and it is said which ones were.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet

from library.accounts.models import Office, User
from library.records.access.review_levels import is_last_level
from library.records.models import Record
from library.records.profiles import profile


@dataclass(frozen=True, slots=True)
class Stop:
    """The office that decides next, and the offices below it that were passed over because nobody there may decide."""

    office: Office
    passed_over: tuple[Office, ...] = ()


def reviewers_of(office: Office) -> QuerySet[User]:
    """The people of this very office who may decide a review."""
    permission = Permission.objects.filter(content_type__app_label="records", codename="publish_record")
    held = Q(groups__permissions__in=permission) | Q(user_permissions__in=permission)
    return User.objects.filter(held, office=office, is_active=True).distinct()


def first_stop(record: Record, authors: Collection[int]) -> Stop:
    """Where a review begins. When nobody may decide it anywhere, it waits at the highest office.

    ``authors``: the keys of those who may not decide where the type asks for two people.
    """
    return stop_from(record, record.office, authors)


def next_stop(record: Record, office: Office, authors: Collection[int]) -> Stop | None:
    """Where a review goes after the approval of this office; None when that approval publishes.

    Below the last level no approval publishes: when nobody above may decide, the review waits at the highest office.
    """
    above = _offices_above(record, office)
    return None if is_last_level(office, record.record_type) or not above else stop_from(record, above[0], authors)


def stop_from(record: Record, office: Office, authors: Collection[int]) -> Stop:
    """This office, or the next one above it where somebody may decide. When nobody may, it waits at the highest office."""
    offices = [office, *_offices_above(record, office)]
    return _first_with_reviewers(offices, record, authors) or Stop(offices[-1], tuple(offices[:-1]))


def stop_above(record: Record, office: Office, authors: Collection[int]) -> Stop | None:
    """The next office above with somebody who may decide; None when there is none."""
    return _first_with_reviewers(_offices_above(record, office), record, authors)


def _offices_from(record: Record) -> list[Office]:
    """The record's own office and those above it, from below."""
    return list(Office.objects.above(record.office.path))[::-1]


def _offices_above(record: Record, office: Office) -> list[Office]:
    return [each for each in _offices_from(record) if each.depth < office.depth]


def _first_with_reviewers(offices: list[Office], record: Record, authors: Collection[int]) -> Stop | None:
    excluded = authors if profile(record.record_type).two_people else ()
    for number, office in enumerate(offices):
        if reviewers_of(office).exclude(pk__in=excluded).exists():
            return Stop(office, tuple(offices[:number]))
    return None
