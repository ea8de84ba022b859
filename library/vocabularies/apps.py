"""Wiring of the vocabularies package."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VocabulariesConfig(AppConfig):
    name = "library.vocabularies"
    label = "vocabularies"
    verbose_name = _("Dữ liệu chuẩn")

    def ready(self) -> None:
        from . import signal_handlers  # noqa: F401
