"""Wiring of the dashboard."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DashboardConfig(AppConfig):
    name = "library.cataloguing.dashboard"
    label = "dashboard"
    verbose_name = _("Theo dõi")
