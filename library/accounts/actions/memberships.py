"""Who belongs to a community, and who decides for it. Never shown in public; the log names no member outside the admin."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from ..models import Community, Membership, User
from ..scope import managed_communities, managed_offices
from .free_names import first_free, hyphenated
from .people import require_managed

LONGEST_SLUG = 70  # letters; the model allows ten more for a number


@transaction.atomic
def save_community(community: Community, *, manager: Any) -> Community:
    """Saves names, protocol and office. Raises PermissionDenied beyond the manager's scope."""
    new = community.pk is None
    office_allowed = managed_offices(manager).filter(pk=community.office_id).exists() if community.office_id else manager.is_superuser
    if not office_allowed or not (new or managed_communities(manager).filter(pk=community.pk).exists()):
        raise PermissionDenied
    if new:
        community.slug = first_free(hyphenated(community.name_vi)[:LONGEST_SLUG] or "cong-dong", Community.objects.all(), "slug")
    community.save()
    log(community, "wagtail.create" if new else "wagtail.edit", user=manager)
    return community


@transaction.atomic
def add_member(community: Community, person: User, *, keeper: bool, manager: Any) -> None:
    """Makes the person a member, or changes whether the member decides. Raises PermissionDenied beyond the scope of the manager."""
    _require_scope(community, person, manager)
    Membership.objects.update_or_create(user=person, community=community, defaults={"keeper": keeper})
    log(community, "accounts.add_member", user=manager, data={"person": str(person), "keeper": keeper})


@transaction.atomic
def remove_member(community: Community, person: User, *, manager: Any) -> None:
    """Ends the membership. Raises PermissionDenied beyond the scope of the manager."""
    _require_scope(community, person, manager)
    Membership.objects.filter(user=person, community=community).delete()
    log(community, "accounts.remove_member", user=manager, data={"person": str(person)})


def _require_scope(community: Community, person: User, manager: Any) -> None:
    require_managed(person, manager)
    if not managed_communities(manager).filter(pk=community.pk).exists():
        raise PermissionDenied
