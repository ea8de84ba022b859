"""Wiring of the records package."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    name = "library.records"
    label = "records"
    verbose_name = _("Tư liệu")
