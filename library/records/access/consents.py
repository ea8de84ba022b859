"""Fields that hold somebody's own data, such as a telephone: readers see them only while a consent holds (ADR 0044)."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from library.access import STAFF, Viewer, field_level

from ..models import Record
from ..profiles import Field, Profile, profile


def readable_profile(record: Record, viewer: Viewer) -> Profile:
    """The profile of the record, without the fields whose consent is missing. The office in charge and the author see all.

    Whoever shows or hands out fields of a record starts here. Asks the database for the consents of a record that has such fields.
    """
    own = profile(record.record_type)
    open_to_all = _without_personal_data(own)
    if own == open_to_all or field_level(viewer, record) == STAFF or consent_holds(record):
        return own
    return open_to_all


def needs_consent(record: Record) -> bool:
    """Whether records of this type have fields that need a consent."""
    own = profile(record.record_type)
    return own != _without_personal_data(own)


def consent_holds(record: Record) -> bool:
    """Whether those whom the record names as contact agree today that readers see it."""
    return record.pk is not None and any(consent.holds for consent in record.contact_consents.all())


@cache
def _without_personal_data(own: Profile) -> Profile:
    return replace(own, fields=_open(own.fields))


def _open(fields: Iterable[Field]) -> tuple[Field, ...]:
    return tuple(replace(field, fields=_open(field.fields)) for field in fields if not field.needs_consent)
