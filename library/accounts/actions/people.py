"""Creates and changes people: name, office, role, communities. What the manager may not give is refused here, whatever the form."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from ..audit.messages import CHANGE_RIGHTS
from ..models import Community, Membership, Office, User
from ..roles import role_of, set_role
from ..scope import assignable_roles, managed_communities, managed_offices, managed_people
from .free_names import first_free, hyphenated
from .hand_over import WorkChoice, settle_work


@dataclass(frozen=True, slots=True)
class Person:
    """All that a manager says of a person. ``role`` is a code of the table of roles, empty for none."""

    full_name: str
    username: str = ""
    email: str = ""
    office: Office | None = None
    role: str = ""
    communities: frozenset[Community] = field(default_factory=frozenset)
    keeper_of: frozenset[Community] = field(default_factory=frozenset)
    is_superuser: bool = False


@transaction.atomic
def create_person(person: Person, *, manager: Any) -> User:
    """Creates an account without a password; an invitation sets it. Raises PermissionDenied beyond the manager's scope."""
    _require_scope(person, manager)
    user = User(username=person.username or free_username(person.full_name))
    user.set_unusable_password()
    _write(user, person, manager)
    log(user, "wagtail.create", user=manager)
    return user


@transaction.atomic
def change_person(user: User, person: Person, *, manager: Any, work: WorkChoice | None = None) -> None:
    """Writes what differs. Nobody but a superuser changes the own office or role. Raises PermissionDenied beyond the scope.

    With another office, ``work`` says what becomes of the work. Raises ValidationError when there is some and ``work`` is None.
    """
    require_managed(user, manager)
    own_place = (user.office, getattr(role_of(user), "code", ""), user.is_superuser)
    if user == manager and not manager.is_superuser and own_place != (person.office, person.role, person.is_superuser):
        raise PermissionDenied
    if own_place != (person.office, person.role, person.is_superuser):
        _require_scope(person, manager)
    before = _rights_in_words(user)
    if user.office != person.office:
        settle_work(user, person.office, work, manager=manager)
    user.username = person.username or user.username
    _write(user, person, manager)
    log(user, "wagtail.edit", user=manager)
    after = _rights_in_words(User.objects.get(pk=user.pk))
    if before != after:
        log(user, CHANGE_RIGHTS, user=manager, data={"before": before, "after": after})


def require_managed(user: User, manager: Any) -> None:
    """Raises PermissionDenied for a person outside the manager's scope."""
    if not managed_people(manager).filter(pk=user.pk).exists():
        raise PermissionDenied


def free_username(full_name: str) -> str:
    """A login name made of the name, such as ``giang-a-pao``; with a number when somebody has it."""
    return first_free(hyphenated(full_name)[:60] or "nguoi", User.objects.all(), "username")


def _require_scope(person: Person, manager: Any) -> None:
    if person.is_superuser and not manager.is_superuser:
        raise PermissionDenied
    if person.office is None and not manager.is_superuser:
        raise PermissionDenied
    if person.office is not None and not managed_offices(manager).filter(pk=person.office.pk).exists():
        raise PermissionDenied
    if person.role and person.role not in {role.code for role in assignable_roles(manager)}:
        raise PermissionDenied


def _rights_in_words(user: User) -> str:
    """Role and office as the log names them; role by the name of its group, which is the same in every language."""
    role = role_of(user)
    names = ("superuser" if user.is_superuser else "", role.name if role else "", user.office.name_vi if user.office else "")
    return ", ".join(filter(None, names)) or "–"


def _write(user: User, person: Person, manager: Any) -> None:
    family_name, _space, given_name = person.full_name.strip().partition(" ")
    user.last_name, user.first_name = (family_name, given_name.strip()) if given_name else ("", family_name)
    user.email, user.office, user.is_superuser = person.email, person.office, person.is_superuser
    user.save()
    set_role(user, person.role)
    _set_memberships(user, person, manager)


def _set_memberships(user: User, person: Person, manager: Any) -> None:
    """Changes memberships in the communities that the manager manages; those in other communities stay as they are."""
    managed = set(managed_communities(manager))
    members_of = person.communities | person.keeper_of
    before = {row.community: row for row in Membership.objects.filter(user=user, community__in=managed).select_related("community")}
    if not (members_of - before.keys()) <= managed:
        raise PermissionDenied
    for community in before.keys() - members_of:
        before[community].delete()
    for community in members_of & managed:
        Membership.objects.update_or_create(user=user, community=community, defaults={"keeper": community in person.keeper_of})
