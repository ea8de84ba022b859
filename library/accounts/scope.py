"""Whom and what an administrator manages: the own office, the offices below it, their people and their communities.

Three rules keep an administrator inside (docs/adr/0025-administrators-manage-their-subtree.md):

- a superuser manages everybody; nobody else manages a superuser, or somebody without an office;
- a person who has a right that the administrator does not have is not managed, whatever the office;
- a role, an office or a community can be given only when it is in the administrator's own scope.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from .models import Community, Membership, Office, User
from .models.offices import OfficeQuerySet
from .roles import ROLES, Role, rights

MANAGE_PEOPLE = "accounts.change_user"


def managed_offices(user: Any) -> OfficeQuerySet:
    """The offices that the person manages."""
    return _offices_from(_managed_path(user))


def offices_in_charge(user: Any) -> OfficeQuerySet:
    """The offices whose records the person works with: the own subtree; for a contributor the own office alone."""
    path = user.viewer.office_path
    return Office.objects.filter(pk=user.office_id) if path is None else Office.objects.below(path)


def managed_people(user: Any) -> QuerySet[User]:
    """The people whom the person manages, herself among them."""
    if user.is_superuser:
        return User.objects.all()
    path = _managed_path(user)
    if path is None:
        return User.objects.none()
    foreign_groups = Group.objects.exclude(name__in=[role.name for role in assignable_roles(user)])
    mightier = User.objects.filter(groups__in=foreign_groups).values("pk")
    with_own_rights = User.objects.filter(user_permissions__isnull=False).values("pk")
    people = User.objects.filter(office__path__startswith=path, is_superuser=False)
    return people.exclude(pk__in=mightier).exclude(pk__in=with_own_rights)


def managed_communities(user: Any) -> QuerySet[Community]:
    """The communities whose lists of members are kept by an office that the person manages."""
    if user.is_superuser:
        return Community.objects.all()
    path = _managed_path(user)
    return Community.objects.none() if path is None else Community.objects.filter(office__path__startswith=path)


def assignable_roles(user: Any) -> list[Role]:
    """The roles that the person may give: those without a right that the person lacks."""
    if user.is_superuser:
        return list(ROLES)
    return [role for role in ROLES if rights(role) <= user.get_all_permissions()]


def _managed_path(user: Any) -> str | None:
    """The path above everything that the person manages: empty for a superuser, None for somebody who manages nothing."""
    if user.is_superuser:
        return ""
    return user.office.path if user.office and user.has_perm(MANAGE_PEOPLE) else None


def _offices_from(path: str | None) -> OfficeQuerySet:
    return Office.objects.none() if path is None else Office.objects.below(path)


class ScopedPolicy(ModelPermissionPolicy):
    """A right over people, offices or communities holds inside the administrator's own scope only."""

    def __init__(self, model: type[Any], scope: Callable[[Any], QuerySet[Any]]) -> None:
        super().__init__(model)
        self.scope = scope

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        allowed: bool = self.user_has_any_permission(user, actions)
        return allowed and (instance.pk is None or self.scope(user).filter(pk=instance.pk).exists())

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet[Any]:
        return self.scope(user) if self.user_has_any_permission(user, actions) else self.model.objects.none()

    def instances_user_has_permission_for(self, user: Any, action: str) -> QuerySet[Any]:
        return self.instances_user_has_any_permission_for(user, [action])


def _managed_memberships(user: Any) -> QuerySet[Membership]:
    return Membership.objects.filter(user__in=managed_people(user), community__in=managed_communities(user))


SCOPES: dict[type[Any], Callable[[Any], QuerySet[Any]]] = {
    User: managed_people,
    Office: managed_offices,
    Community: managed_communities,
    Membership: _managed_memberships,
}
