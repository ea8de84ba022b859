"""Registers the pages of the dashboard, its menu item and its icon."""

from typing import Any

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from library.accounts.admin.menu import shown_to

from .views import DashboardView, FillView, WeekView, download_year, finish, may_see_dashboard


class DashboardViewSet(ViewSet):
    """The addresses of the dashboard."""

    icon = "chart"

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", DashboardView.as_view(), name="index"),
            path("tuan/<str:monday>/", WeekView.as_view(), name="week"),
            path("thieu/<slug:slug>/<slug:record_type>/", FillView.as_view(), name="fill"),
            path("so-lieu/<slug:scope>/<int:year>.<slug:ending>", download_year, name="year"),
            path("viec/<int:pk>/xong/", finish, name="finish"),
        ]


@hooks.register("register_admin_viewset")
def register_dashboard() -> list[Any]:
    """The dashboard."""
    return [DashboardViewSet("dashboard", url_prefix="theo-doi")]


@hooks.register("register_admin_menu_item")
def register_dashboard_item() -> MenuItem:
    """After the records and the imports."""
    return shown_to(may_see_dashboard)(_("Theo dõi"), reverse_lazy("dashboard:index"), name="dashboard", icon_name="chart", order=160)


@hooks.register("register_icons")
def register_chart_icon(icons: list[str]) -> list[str]:
    """Wagtail has no icon of a chart."""
    return [*icons, "cataloguing/dashboard/chart.svg"]
