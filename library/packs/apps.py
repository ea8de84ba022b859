"""Wiring of packs."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PacksConfig(AppConfig):
    name = "library.packs"
    label = "packs"
    verbose_name = _("Gói mang về")

    def ready(self) -> None:
        from . import signal_handlers  # noqa: F401  (connects the receivers)
