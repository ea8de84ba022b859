"""What the search adds to the admin: one page, for staff who correct the names of peoples."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .quality import admin


class SearchMenuItem(MenuItem):
    """The menu entry of that page, shown to staff who may use it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("vocabularies.add_groupname"))


@hooks.register("register_admin_urls")
def register_search_urls() -> list[URLPattern]:
    """Addresses of the page and of its two forms."""
    return [
        path("tim-kiem/", admin.overview, name="search-admin"),
        path("tim-kiem/thu-lai/", admin.retry_events, name="search-retry-events"),
        path("tim-kiem/dat-ten/", admin.make_name, name="search-make-name"),
    ]


@hooks.register("register_reports_menu_item")
def register_search_menu_item() -> MenuItem:
    """The entry stands among the reports."""
    return SearchMenuItem(_("Tìm kiếm"), reverse("search-admin"), name="search-admin", icon_name="search", order=700)
