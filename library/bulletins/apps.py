"""Wiring of bulletins."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BulletinsConfig(AppConfig):
    name = "library.bulletins"
    label = "bulletins"
    verbose_name = _("Bản tin nghe")

    def ready(self) -> None:
        from . import signal_handlers  # noqa: F401  (connects the receivers)
