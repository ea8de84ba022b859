"""Wiring of the lexicon package."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LexiconConfig(AppConfig):
    name = "library.lexicon"
    label = "lexicon"
    verbose_name = _("Từ vựng")
