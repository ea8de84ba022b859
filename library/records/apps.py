"""Wiring of the records package: profiles are checked before anything is served."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    name = "library.records"
    label = "records"
    verbose_name = _("Tư liệu")

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from . import signal_handlers  # noqa: F401
        from .access.permissions import RecordPermissionPolicy
        from .models import Record
        from .profiles import check_profiles

        check_profiles()
        register_permission_policy(Record, RecordPermissionPolicy(Record))
