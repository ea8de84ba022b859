"""Clears the cached menu of editorial pages when one of them changes."""

from typing import Any

from django.conf import settings
from django.dispatch import receiver
from wagtail.signals import page_published, page_slug_changed, page_unpublished

from library.caching.rows import forget

from .context import cache_key


@receiver([page_published, page_unpublished, page_slug_changed])
def forget_menu(sender: type, **kwargs: Any) -> None:
    """Clears the menu of every language."""
    forget(cache_key(code) for code, _name in settings.LANGUAGES)
