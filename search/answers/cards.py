"""The card of an answer: what it is about, what is known of it in a few words, and where to go on."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from library.calendars.rules import Occurrence
from library.pages.presentation.festivals.days import in_short
from library.presentation.lists.listings import PublicListing
from library.presentation.wording import Wording


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a card. ``url`` is empty where the words lead nowhere."""

    label: str
    words: Wording | str
    url: str = ""


@dataclass(frozen=True, slots=True)
class WayOn:
    """A link under a card, with how many records stand there; 0 says no number."""

    label: str
    url: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class AnswerCard:
    """One answer. ``code`` says what was recognised ("people", "province", "record" …), for tests and templates."""

    code: str
    kind: str
    title: Wording
    url: str
    opens: str  # the words of the button that opens it
    names: tuple[Wording, ...] = ()
    facts: tuple[Fact, ...] = ()
    ways_on: tuple[WayOn, ...] = ()
    listings: tuple[PublicListing, ...] = ()  # what public decisions say of it, by year
    note: str = ""
    guess: bool = False  # it is not what was typed, only near it


def days_in_words(occurrence: Occurrence) -> str:
    """The days of a festival with their year, where it is not this one: a card stands alone, not in a list by date."""
    days = in_short(occurrence)
    if occurrence.end.year == timezone.localdate().year:
        return days
    return _("%(days)s/%(year)s") % {"days": days, "year": occurrence.end.year}
