"""Wiring of bulk edit."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BulkConfig(AppConfig):
    name = "library.cataloguing.bulk"
    label = "bulk"
    verbose_name = _("Sửa hàng loạt")
