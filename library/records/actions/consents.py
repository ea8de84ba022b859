"""The actions that record a consent, and withdraw it: the contact is hidden, the bulletin closed, in the same moment."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from ..access.permissions import record_policy
from ..models import ContactConsent, Record
from ..signals import announce


def record_consent(record: Record, consent: ContactConsent, *, user: Any) -> None:
    """Keeps a consent that was given. Raises ``PermissionDenied`` without the right to change the record."""
    require_right(user, record)
    consent.record, consent.recorded_by = record, user
    with transaction.atomic():
        consent.save()
        _tell(record, "records.consent", user)


def withdraw_consent(record: Record, use: str = ContactConsent.Use.CONTACT, *, user: Any) -> None:
    """Closes every consent to this use that holds: when one of several people withdraws, the others are asked again."""
    require_right(user, record)
    with transaction.atomic():
        ContactConsent.objects.filter(record=record, use=use, withdrawn_at=None).update(withdrawn_at=timezone.now())
        _tell(record, "records.consent_withdrawn", user)


def require_right(user: Any, record: Record) -> None:
    """Raises ``PermissionDenied`` unless the person may change the record."""
    if not record_policy().user_has_permission_for_instance(user, "change", record):
        raise PermissionDenied


def _tell(record: Record, action: str, user: Any) -> None:
    log(instance=record, action=action, user=user)
    announce([record.pk])
