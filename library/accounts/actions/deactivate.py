"""Stops an account and hands its work over; opens it again. Nothing is deleted: the name stays in the history of the records."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ..held_work import hand_over, held_by
from ..models import Invitation, User
from .hand_over import check_successor
from .people import require_managed


@transaction.atomic
def deactivate(person: User, successor: User | None, *, manager: Any, reason: str = "") -> None:
    """Ends all sessions and invitations of the person, and gives the work to the successor.

    Raises PermissionDenied outside the manager's scope and for oneself; ValidationError when work is left and nobody takes it.
    """
    require_managed(person, manager)
    if person == manager:
        raise PermissionDenied
    if successor is not None:
        check_successor(person, successor, manager)
    if successor is None and held_by([person.pk])[person.pk]:
        raise ValidationError(_("Người này còn giữ việc. Xin chọn người nhận."))
    hand_over(person, successor)
    Invitation.objects.filter(user=person, accepted_at=None).delete()
    person.is_active = False
    person.save(update_fields=["is_active"])
    log(person, "accounts.deactivate", user=manager, data={"successor": str(successor or ""), "reason": reason})


@transaction.atomic
def reactivate(person: User, *, manager: Any) -> None:
    """Lets the person sign in again with the old password. The work that was handed over stays where it is."""
    require_managed(person, manager)
    person.is_active = True
    person.save(update_fields=["is_active"])
    log(person, "accounts.reactivate", user=manager)
