"""Asks the office of a page where Wagtail asks only the rights on its tree: choosers, copies, and actions on many pages."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_list_or_404
from wagtail import hooks
from wagtail.admin.views.pages.bulk_actions import DeleteBulkAction, MoveBulkAction, PublishBulkAction, UnpublishBulkAction
from wagtail.models import Page
from wagtail.permissions import policy_registry

from .page_policy import choosable_pages
from .rights import check_many


@hooks.register("before_copy_page")
def refuse_copy(request: HttpRequest, page: Page) -> None:
    """A copy shows all that stands on the page."""
    if not page.specific.permissions_for_user(request.user).can_copy():
        raise PermissionDenied


@hooks.register("before_move_page")
def refuse_move(request: HttpRequest, page: Page, destination: Page) -> None:
    """The question whether to move names the page."""
    if not page.specific.permissions_for_user(request.user).can_move():
        raise PermissionDenied


@hooks.register("construct_explorer_page_queryset")
def refuse_list_below(parent: Page, pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """The list of the pages below a page names it."""
    if not _known(request, Page).filter(pk=parent.pk).exists():
        raise Http404
    return pages


@hooks.register("before_bulk_action")
def refuse_bulk_action(request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any) -> None:
    """Wagtail's bulk actions on pages."""
    keys = [each.pk for each in objects if isinstance(each, Page)]
    check_many(request.user, action_type, Page.objects.filter(pk__in=keys))


@hooks.register("construct_page_chooser_queryset")
def leave_out_drafts_of_others(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """The choosers of pages, and the page whose children one of them shows."""
    match = request.resolver_match
    parent = match.kwargs.get("parent_page_id") if match else None
    if parent and not choosable_pages(request.user, Page.objects.filter(pk=parent)).exists():
        raise Http404
    return choosable_pages(request.user, pages)


class OfPagesKnown:
    """Mixin of an action on many pages: a page of another office is not even named as one that is refused."""

    request: HttpRequest

    def get_queryset(self, model: type[Page], object_ids: Any) -> list[Page]:
        return get_list_or_404(_known(self.request, model), pk__in=object_ids)


def _known(request: HttpRequest, model: type[Page]) -> QuerySet[Page]:
    """The pages that the person finds in Wagtail's lists."""
    known: QuerySet[Page] = policy_registry.get_by_type(model).explorable_instances(request.user)
    return known


for _action_class in (DeleteBulkAction, MoveBulkAction, PublishBulkAction, UnpublishBulkAction):
    _narrowed = type(_action_class.__name__, (OfPagesKnown, _action_class), {})
    hooks.register("register_bulk_action", _narrowed, order=1)  # in place of Wagtail's own
