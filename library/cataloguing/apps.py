"""Wiring of the cataloguing package."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CataloguingConfig(AppConfig):
    name = "library.cataloguing"
    label = "cataloguing"
    verbose_name = _("Biên mục")

    def ready(self) -> None:
        from .review import refusals  # noqa: F401
