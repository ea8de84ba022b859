"""Only a superuser may create, change or delete a superuser."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail import hooks

from .models import User


def _refuse(request: HttpRequest, users: Iterable[Any] = ()) -> None:
    about_superuser = "is_superuser" in request.POST or any(isinstance(user, User) and user.is_superuser for user in users)
    if about_superuser and not request.user.is_superuser:
        raise PermissionDenied


@hooks.register("before_create_user")
def refuse_new_superuser(request: HttpRequest) -> None:
    """An administrator cannot give a right that the administrator does not have."""
    _refuse(request)


@hooks.register("before_edit_user")
@hooks.register("before_delete_user")
def refuse_change_of_superuser(request: HttpRequest, user: User) -> None:
    """Neither by the box in the form, nor by a new password for a superuser."""
    _refuse(request, [user])


@hooks.register("before_bulk_action")
def refuse_change_of_superusers(request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any) -> None:
    """The same for many accounts at once."""
    _refuse(request, objects)
