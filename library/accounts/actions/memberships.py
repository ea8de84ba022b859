"""Who belongs to a community, and who decides for it. Never shown in public; the log names no member outside the admin."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import slugify
from wagtail.log_actions import log

from media_pipeline.text.folding import fold

from ..models import Community, Membership, User
from ..scope import managed_communities, managed_offices
from .people import require_managed


@transaction.atomic
def save_community(community: Community, *, manager: Any) -> Community:
    """Saves names, protocol and office. Raises PermissionDenied beyond the manager's scope."""
    new = community.pk is None
    office_allowed = managed_offices(manager).filter(pk=community.office_id).exists() if community.office_id else manager.is_superuser
    if not office_allowed or not (new or managed_communities(manager).filter(pk=community.pk).exists()):
        raise PermissionDenied
    if new:
        community.slug = _free_slug(community.name_vi)
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


def _free_slug(name: str) -> str:
    base = slugify(fold(name))[:70] or "cong-dong"
    number = Community.objects.filter(slug__startswith=base).count()
    return f"{base}-{number + 1}" if number else base
