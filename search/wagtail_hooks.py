"""What the search adds to the admin: the page of searches without results, and the questions that curators set something for."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from library.accounts.admin.menu import shown_to

from .curated.viewset import CuratedQuestionViewSet
from .pages.related import list_related
from .quality import admin, task_views
from .quality.panel import VainSearchesPanel
from .quality.tasks import TASK_DONE, TASK_SAVED


@hooks.register("register_admin_urls")
def register_search_urls() -> list[URLPattern]:
    """Addresses of the page, of its forms and tasks, and of what the form of a record asks."""
    return [
        path("tim-kiem/", admin.overview, name="search-admin"),
        path("tim-kiem/thu-lai/", admin.retry_events, name="search-retry-events"),
        path("tim-kiem/dat-ten/", admin.make_name, name="search-make-name"),
        path("tim-kiem/viec/", task_views.edit_task, name="search-task"),
        path("tim-kiem/lien-quan/", list_related, name="related-records"),
        path("tim-kiem/viec/thu/", task_views.look, name="search-task-look"),
    ]


@hooks.register("register_admin_viewset")
def register_curated_questions() -> CuratedQuestionViewSet:
    """The list and the form of curated questions."""
    return CuratedQuestionViewSet()


@hooks.register("register_reports_menu_item")
def register_search_menu_item() -> MenuItem:
    """The entry stands among the reports."""
    item = shown_to(lambda user: user.has_perm("vocabularies.add_groupname"))
    return item(_("Tìm kiếm"), reverse("search-admin"), name="search-admin", icon_name="search", order=700)


@hooks.register("register_dashboard_panel")
def register_vain_searches(request: HttpRequest) -> VainSearchesPanel:
    """Searches without results stand on the dashboard, too."""
    return VainSearchesPanel(request)


@hooks.register("register_log_actions")
def register_search_actions(actions: Any) -> None:
    """The messages of the audit log."""
    actions.register_action(TASK_SAVED, _("Giao việc từ tìm kiếm"), _("Đã lưu việc từ tìm kiếm"))
    actions.register_action(TASK_DONE, _("Xong việc từ tìm kiếm"), _("Đã làm xong việc từ tìm kiếm"))
