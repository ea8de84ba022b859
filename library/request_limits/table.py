"""The limits in one table: which addresses cost much, how many run at once on this machine, how many a minute one reader may ask for.

``REQUEST_LIMITS`` changes a line (docs/settings.md). Pages that cost little, and the health checks, are in no line.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from django.core.exceptions import ImproperlyConfigured

OFF = "off"
CHANGE = re.compile(r"(?P<name>\w+)=(?P<at_once>\d{1,6})/(?P<a_minute>\d{1,6})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Limit:
    """One line. ``at_once``: requests on this machine; ``a_minute``: requests of one client address. 0 is no limit.

    ``wait`` is how many seconds a request waits for its turn: a crowd of readers is served, not refused.
    """

    addresses: tuple[str, ...]  # names of URL patterns
    at_once: int
    a_minute: int
    wait: float = 0.0


CARDS = ("record-card", "group-card", "province-card", "commune-card", "story-card", "library-card")
PLACES = ("places-near", "commune", "former-provinces", "former-province", "former-district")

LIMITS: Mapping[str, Limit] = {
    "export": Limit(("search-export",), at_once=2, a_minute=20),
    "inside": Limit(("search-inside",), at_once=2, a_minute=120, wait=1.0),
    "search": Limit(("search", "search-detailed", "search-values"), at_once=6, a_minute=300, wait=1.0),
    "suggest": Limit(("search-suggest",), at_once=4, a_minute=1200, wait=0.5),
    "feeds": Limit(("feed", "sounds", "group-sounds", "sitemap", "sitemap-section"), at_once=2, a_minute=60, wait=1.0),
    "cards": Limit(CARDS, at_once=2, a_minute=120, wait=2.0),
    "calendars": Limit(
        ("festivals-file", "festival-file", "group-festivals-file", "province-festivals-file"), at_once=2, a_minute=60, wait=1.0
    ),
    "orders": Limit(("pack-order",), at_once=2, a_minute=6, wait=1.0),
    "packs": Limit(("packs", "pack", "packs-withdrawn"), at_once=4, a_minute=300, wait=1.0),
    "bulletins": Limit(
        ("bulletins", "bulletin", "bulletins-feed", "province-bulletins-feed", "commune-bulletins-feed"), at_once=4, a_minute=300, wait=1.0
    ),
    "invitations": Limit(("type-code", "accept-invitation"), at_once=0, a_minute=30),  # nobody tries codes by the thousand
    "copies": Limit(("imports:copy", "imports:template", "exports:index"), at_once=2, a_minute=60, wait=5.0),  # tables for staff
    "lists": Limit(("records", "festivals", "provinces", "province", "group", *PLACES), at_once=8, a_minute=600, wait=1.0),
}


@cache
def limits(setting: str) -> Mapping[str, Limit]:
    """Name of a URL pattern → its limit, after the changes that the setting REQUEST_LIMITS asks for, such as ``export=4/40,feeds=0/0``.

    Empty for ``off``. Raises ImproperlyConfigured for a setting of any other form.
    """
    if setting == OFF:
        return {}
    lines = dict(LIMITS)
    for change in filter(None, (part.strip() for part in setting.split(","))):
        match = CHANGE.fullmatch(change)
        if match is None or match["name"] not in LIMITS:
            raise ImproperlyConfigured(f"REQUEST_LIMITS: {change!r} is not name=at-once/a-minute; names are {', '.join(LIMITS)}.")
        lines[match["name"]] = replace(LIMITS[match["name"]], at_once=int(match["at_once"]), a_minute=int(match["a_minute"]))
    return {address: limit for limit in lines.values() for address in limit.addresses}


def name_of(limit: Limit) -> str:
    """The name under which the limit counts: the first of its addresses."""
    return limit.addresses[0]
