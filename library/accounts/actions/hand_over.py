"""Who takes over the work of a person who leaves an office, and what becomes of the work when the person goes to another one."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ..held_work import hand_over, held_by, take_along
from ..models import Office, User
from ..scope import managed_people


@dataclass(frozen=True, slots=True)
class WorkChoice:
    """What becomes of the work: it goes along to the new office, or the successor does it in the old one."""

    along: bool
    successor: User | None = None


def possible_successors(person: User, manager: Any) -> Any:
    """Active people who can take over: those of the person's office and of the offices above it, who may work with its records.

    Only people of the manager's scope; for a person without an office, all of it.
    """
    working = {"groups__permissions__content_type__app_label": "records", "groups__permissions__codename": "change_record"}
    people = managed_people(manager).filter(is_active=True, **working).exclude(pk=person.pk)
    if person.office is not None:
        people = people.filter(office__in=Office.objects.above(person.office.path).values("pk"))
    return people.distinct().order_by("-office__path", "first_name", "username")


def check_successor(person: User, successor: User, manager: Any) -> None:
    """Raises PermissionDenied for somebody who cannot take over the work of this person."""
    if not possible_successors(person, manager).filter(pk=successor.pk).exists():
        raise PermissionDenied


def settle_work(person: User, office: Office | None, choice: WorkChoice | None, *, manager: Any) -> None:
    """Decides on the work of a person who goes to another office. To be called while the person is still in the old one.

    Raises ValidationError when there is work and nobody has chosen, PermissionDenied for a successor who cannot take over.
    """
    if not held_by([person.pk])[person.pk]:
        return
    if choice is None or not (choice.along or choice.successor) or (choice.along and office is None):
        raise ValidationError(_("Người này còn giữ việc ở cơ quan cũ. Xin chọn mang việc theo, hay giao lại cho ai."))
    if choice.along:
        assert office is not None
        take_along(person, office, manager)
    elif choice.successor is not None:
        check_successor(person, choice.successor, manager)
        hand_over(person, choice.successor)
    data = {"office": str(office or ""), "along": choice.along, "successor": "" if choice.along else str(choice.successor)}
    log(person, "accounts.settle_work", user=manager, data=data)
