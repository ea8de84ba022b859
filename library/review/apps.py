"""Wiring of the review package."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "library.review"
    label = "review"
    verbose_name = _("Duyệt tư liệu")

    def ready(self) -> None:
        from . import signal_handlers  # noqa: F401
