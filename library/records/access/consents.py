"""What needs a consent: fields with somebody's own data, such as a telephone (ADR 0044), and being heard from loudspeakers (ADR 0048)."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from library.access import STAFF, Viewer, field_level
from media_pipeline.models import Asset

from ..models import ContactConsent, Record
from ..profiles import Field, Profile, profile

RECORDED = (Asset.Kind.AUDIO, Asset.Kind.VIDEO)


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


def consent_holds(record: Record, use: str = ContactConsent.Use.CONTACT) -> bool:
    """Whether those whom the record touches agree today to this use: that readers see the contact, or that it is broadcast."""
    return record.pk is not None and any(consent.use == use and consent.holds for consent in record.contact_consents.all())


def may_be_broadcast(record: Record) -> bool:
    """Whether people agree that the record is broadcast, or only a machine is heard in its files. No row is a no (handbook, section 10)."""
    people = any(link.asset.kind in RECORDED and not link.made_note for link in record.media.all())
    return not people or consent_holds(record, ContactConsent.Use.BROADCAST)


@cache
def _without_personal_data(own: Profile) -> Profile:
    return replace(own, fields=_open(own.fields))


def _open(fields: Iterable[Field]) -> tuple[Field, ...]:
    return tuple(replace(field, fields=_open(field.fields)) for field in fields if not field.needs_consent)
