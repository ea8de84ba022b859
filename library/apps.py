"""The project itself as an app: its templates' tags, its commands, its translations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "library"
    label = "library"
    verbose_name = _("Thư viện số")

    def ready(self) -> None:
        from . import signal_handlers, start_checks  # noqa: F401
