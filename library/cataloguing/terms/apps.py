"""Wiring of the care of vocabularies."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TermsConfig(AppConfig):
    name = "library.cataloguing.terms"
    label = "terms"
    verbose_name = _("Chăm sóc từ vựng")
