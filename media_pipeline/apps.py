"""Wiring of the media pipeline."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class MediaPipelineConfig(AppConfig):
    name = "media_pipeline"
    verbose_name = _("Xử lý tệp")

    def ready(self) -> None:
        from . import checks  # noqa: F401  (registers the system checks)

        post_migrate.connect(prepare_storages, sender=self)


def prepare_storages(using: str, **kwargs: Any) -> None:
    """Mark new storages as ours, but only while no row says that bytes should be there: an unmounted disk must stay noticed."""
    from .models import Blob
    from .storage import copies, main_storage

    if not Blob.objects.using(using).exists():
        for storage in [main_storage(), *copies()]:
            storage.prepare()
