"""The address in a letter that stops it: signed, so that it needs no login and works for one saved search only."""

from django.core import signing
from django.urls import reverse

from ..models import SavedSearch

SALT = "search.saved.stop"


def stop_address(search: SavedSearch) -> str:
    """Where the letters about a saved search are stopped."""
    return reverse("saved-search-stop", args=[signing.dumps(search.pk, salt=SALT)])


def search_of(token: str) -> SavedSearch | None:
    """The saved search that a token names, or none: forged, or deleted since."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return SavedSearch.objects.filter(pk=pk).first()
