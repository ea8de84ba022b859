"""The addresses of the light table and its item in the main menu."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy
from wagtail.admin.viewsets.base import ViewSet

from library.accounts.admin.menu import shown_to

from ..access import may_use
from .pages import GroupView, LightTableIndexView, LightTableView
from .sending import expect_files, receive_files
from .steps import take_step


class LightTableViewSet(ViewSet):
    """The light table in the main menu."""

    icon = "image"
    menu_label = gettext_lazy("Bàn ảnh")
    menu_order = 115
    add_to_admin_menu = True
    menu_item_class = shown_to(may_use)

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", LightTableIndexView.as_view(), name="index"),
            path("<int:pk>/", LightTableView.as_view(), name="one"),
            path("<int:pk>/groups/<int:group>/", GroupView.as_view(), name="group"),
            path("<int:pk>/step/", take_step, name="step"),
            path("<int:pk>/files/", expect_files, name="expect"),
            path("<int:pk>/upload/", receive_files, name="upload"),
        ]
