"""Wiring of the light table."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LightTableConfig(AppConfig):
    name = "library.cataloguing.light_table"
    label = "light_table"
    verbose_name = _("Bàn ảnh")

    def ready(self) -> None:
        from . import signal_handlers  # noqa: F401
