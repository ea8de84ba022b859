"""Who may make or change whom: only those who may do everything make, change or remove people who may do everything."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail import hooks

from .models import User


def _refuse(request: HttpRequest, users: Iterable[Any] = ()) -> None:
    asked = "is_superuser" in request.POST or any(isinstance(user, User) and user.is_superuser for user in users)
    if asked and not request.user.is_superuser:
        raise PermissionDenied


@hooks.register("before_create_user")
def no_superuser_is_made(request: HttpRequest) -> None:
    """An administrator's right to manage accounts gives no right that the administrator lacks."""
    _refuse(request)


@hooks.register("before_edit_user")
@hooks.register("before_delete_user")
def no_superuser_is_changed(request: HttpRequest, user: User) -> None:
    """Neither by the box, nor by a new password for one who has the right."""
    _refuse(request, [user])


@hooks.register("before_bulk_action")
def no_superuser_is_changed_among_many(request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any) -> None:
    """The same for many accounts at once."""
    _refuse(request, objects)
