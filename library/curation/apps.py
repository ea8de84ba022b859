"""Wiring of the curation package."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CurationConfig(AppConfig):
    name = "library.curation"
    label = "curation"
    verbose_name = _("Trang biên tập")

    def ready(self) -> None:
        from django.db.models import SlugField
        from wagtail.admin.forms.models import register_form_field_override
        from wagtail.models import AbstractPage
        from wagtail.permissions import register_permission_policy

        from . import signal_handlers  # noqa: F401
        from .addresses import PlainSlugInput
        from .page_policy import OfficePagePolicy

        register_permission_policy(AbstractPage, OfficePagePolicy())
        register_form_field_override(SlugField, override={"widget": PlainSlugInput}, exact_class=True)
