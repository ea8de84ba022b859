"""Wiring of the media pipeline."""

import logging
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)


class MediaPipelineConfig(AppConfig):
    name = "media_pipeline"
    verbose_name = _("Xử lý tệp")

    def ready(self) -> None:
        from .checks import settings  # noqa: F401  (registers the system checks)

        post_migrate.connect(prepare_storages, sender=self)
        post_migrate.connect(open_bucket_to_pages, sender=self)


def prepare_storages(using: str, **kwargs: Any) -> None:
    """Mark new storages as ours, but only while no row says that bytes should be there: an unmounted disk must stay noticed."""
    from .models import Blob
    from .storage import copies, main_storage

    if not Blob.objects.using(using).exists():
        for storage in [main_storage(), *copies()]:
            storage.prepare()


def open_bucket_to_pages(**kwargs: Any) -> None:
    """Where browsers are sent to the bucket itself, let the scripts of our pages read what they get there (CORS)."""
    from django.conf import settings

    from .delivery.methods import DELIVERY_METHODS
    from .storage import main_storage
    from .storage.base import StorageError

    if settings.MEDIA_DELIVERY in DELIVERY_METHODS and DELIVERY_METHODS[settings.MEDIA_DELIVERY].from_storage:
        try:
            main_storage(patient=True).allow_origin(settings.SITE_URL)
        except StorageError as error:
            logger.warning("The bucket's CORS rule could not be set (%s); docs/operations says how to set it by hand", error)
