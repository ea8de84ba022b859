"""What the search adds to the admin: one desk, for those who correct the names of peoples."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .quality import admin


class DeskMenuItem(MenuItem):
    """The desk's entry in the menu, for those who may use it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("vocabularies.add_groupname"))


@hooks.register("register_admin_urls")
def register_media_admin_urls() -> list[URLPattern]:
    """Addresses of the desk."""
    return [
        path("tim-kiem/", admin.desk, name="search-desk"),
        path("tim-kiem/thu-lai/", admin.revive, name="search-revive"),
        path("tim-kiem/dat-ten/", admin.make_name, name="search-make-name"),
    ]


@hooks.register("register_reports_menu_item")
def register_media_admin_menu_item() -> MenuItem:
    """The desk stands among the reports."""
    return DeskMenuItem(_("Tìm kiếm"), reverse("search-desk"), name="search-desk", icon_name="search", order=700)
