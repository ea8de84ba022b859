"""Registers the screens of people, offices and communities, and closes Wagtail's own ways past them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin.views.account import NameEmailSettingsPanel
from wagtail.users.views.bulk_actions import AssignRoleBulkAction, DeleteBulkAction, SetActiveStateBulkAction

from .admin.communities import CommunityViewSet
from .admin.first_steps import FirstStepsPanel
from .admin.offices import OfficeViewSet
from .audit.messages import LOG_ACTIONS, RightsFormatter
from .forms import OwnNameForm

NameEmailSettingsPanel.form_class = OwnNameForm


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[Any]:
    """Offices and communities; Wagtail registers the people."""
    return [OfficeViewSet("offices"), CommunityViewSet("communities")]


@hooks.register("construct_homepage_panels")
def show_first_steps(request: HttpRequest, panels: list[Any]) -> None:
    """Tells the superuser of a new installation what to do first."""
    panels.append(FirstStepsPanel())


@hooks.register("register_account_menu_item")
def show_security(request: HttpRequest) -> dict[str, str]:
    """The page of the own second factor and sessions, from the own settings."""
    return {
        "url": reverse("security"),
        "label": gettext("Bảo mật đăng nhập"),
        "help_text": gettext("Xác thực hai bước, mã dự phòng, đang đăng nhập ở đâu."),
    }


@hooks.register("register_log_actions")
def register_account_actions(actions: Any) -> None:
    """The messages of the audit log."""
    for action, label, message in LOG_ACTIONS:
        actions.register_action(action, label, message)
    actions.register_action(RightsFormatter.action)(RightsFormatter)


def _closed(action_class: Any) -> Any:
    """The bulk action without a page: people are changed one by one, because each change asks what becomes of the work."""

    def dispatch(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        raise Http404

    return type(action_class.__name__, (action_class,), {"dispatch": dispatch})


for _action_class in (AssignRoleBulkAction, DeleteBulkAction, SetActiveStateBulkAction):
    hooks.register("register_bulk_action", _closed(_action_class), order=1)  # registered after Wagtail's own, which it replaces
