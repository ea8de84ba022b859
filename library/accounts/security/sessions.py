"""Where a person is signed in: the sessions in words, and ending those elsewhere."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.utils.translation import gettext as _

#: What a browser says of itself holds one of these; the first that fits counts, since most name others too.
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("coc_coc", "Cốc Cốc"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One line of the list."""

    pk: int
    device: str
    last_seen: datetime
    current: bool


def open_sessions(person: Any, current_key: str | None) -> list[OpenSession]:
    """The sessions that still live, the one that asks first, then the last used."""
    rows = UserSession.objects.purge_and_list(person)
    sessions = [OpenSession(row.pk, device_of(row.user_agent), row.last_seen_at, row.session_key == current_key) for row in rows]
    return sorted(sessions, key=lambda session: (not session.current, -session.last_seen.timestamp()))


def end_elsewhere(person: Any, current_key: str | None, only: int | None = None) -> int:
    """Ends all sessions of the person but the one that asks, or the one that ``only`` names. Returns how many."""
    rows = UserSession.objects.filter(user=person).exclude(session_key=current_key)
    chosen = list(rows if only is None else rows.filter(pk=only))
    for row in chosen:
        row.end()
    return len(chosen)


def device_of(user_agent: str) -> str:
    """The browser and the system, such as ``Chrome, Windows``."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    return ", ".join(filter(None, (browser, system))) or _("Thiết bị lạ")
