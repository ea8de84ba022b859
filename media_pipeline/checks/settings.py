"""``manage.py check --tag media``: settings that would only show later."""

from typing import Any

from django.conf import settings
from django.core import checks as django_checks
from django.utils.module_loading import import_string

from ..delivery.methods import DELIVERY_METHODS


@django_checks.register("media", deploy=False)
def check_settings(app_configs: Any, **kwargs: Any) -> list[django_checks.CheckMessage]:
    """The delivery method and the access policy."""
    messages: list[django_checks.CheckMessage] = []
    if settings.MEDIA_DELIVERY not in DELIVERY_METHODS:
        text = f"MEDIA_DELIVERY={settings.MEDIA_DELIVERY!r} is none of {', '.join(DELIVERY_METHODS)}."
        messages.append(django_checks.Error(text, id="media.E001"))
    if settings.MEDIA_DELIVERY == "redirect" and not str(settings.MEDIA_STORAGE).startswith("s3://"):
        messages.append(django_checks.Warning("MEDIA_DELIVERY=redirect needs S3; the application sends the bytes itself.", id="media.W001"))
    try:
        import_string(settings.MEDIA_ACCESS_POLICY)
    except ImportError as error:
        messages.append(django_checks.Error(f"MEDIA_ACCESS_POLICY cannot be imported: {error}", id="media.E002"))
    return messages
