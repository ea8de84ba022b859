"""The reader's rights as an index understands them. The access rule itself is library.access; this turns it into one value."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from library.access import Viewer, viewer_tokens


@dataclass(frozen=True, slots=True)
class AccessFilter:
    """A document is open to the reader if it has any of the tokens and ``day`` lies inside its opening time."""

    tokens: tuple[str, ...]
    day: date


def access_for(viewer: Viewer) -> AccessFilter:
    """The filter for a reader, today. It goes with every call of an engine, as an argument without default."""
    return AccessFilter(tuple(viewer_tokens(viewer)), timezone.localdate())
