"""Asks the office of a page where Wagtail asks only the rights on its tree: copies, and actions on many pages."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Page

from .rights import check_many


@hooks.register("before_copy_page")
def refuse_copy(request: HttpRequest, page: Page) -> None:
    """A copy shows all that stands on the page."""
    if not page.specific.permissions_for_user(request.user).can_copy():
        raise PermissionDenied


@hooks.register("before_bulk_action")
def refuse_bulk_action(request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any) -> None:
    """Wagtail's bulk actions on pages."""
    keys = [each.pk for each in objects if isinstance(each, Page)]
    check_many(request.user, action_type, Page.objects.filter(pk__in=keys))
