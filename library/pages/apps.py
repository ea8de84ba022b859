"""Wiring of the public pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "library.pages"
    label = "pages"
    verbose_name = _("Trang công khai")

    def ready(self) -> None:
        from . import signal_handlers  # noqa: F401
