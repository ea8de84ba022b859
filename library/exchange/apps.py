"""Wiring of import and export."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "library.exchange"
    label = "exchange"
    verbose_name = _("Nhập và xuất dữ liệu")
