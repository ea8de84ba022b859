"""The search before anything is asked: examples and ways in, instead of a list of everything. It asks no engine."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from library.access import Viewer
from library.pages.queries.counts import counts_for
from library.presentation.authorities import COLUMNS, GroupEntry, Region, group_entries, regions
from library.presentation.lists.kinds import Kind, offered_kinds
from library.vocabularies.models import EthnicGroup

MONTHS = 6  # of the calendar, from this one on
#: Questions of several sorts, each one of the judged needs of the starter collection, so that they are known to be answered.
EXAMPLES = {
    "vi": ("lễ hội Gầu Tào", "le hoi thang gieng o lao cai", "khen mong", "nuoc tieng ba na", "mặt trăng tiếng Mường", "Lào Cai"),
    "en": ("festival in April", "Hmong", "Ok Om Bok", "water bahnar", "moon muong", "horse race"),
}


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the festival calendar."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class StartPage:
    """All that the page shows. ``words_url`` is the page of words and dictionaries."""

    examples: tuple[str, ...]
    kinds: list[Kind]
    groups: list[GroupEntry]
    regions: list[Region]
    months: list[Month]
    words_url: str


def start_page(viewer: Viewer) -> StartPage:
    """The page for a reader, in the reader's language."""
    counts = counts_for(viewer)
    return StartPage(
        examples=EXAMPLES["en" if get_language() == "en" else "vi"],
        kinds=offered_kinds(counts.all),
        groups=group_entries(EthnicGroup.objects.only(*COLUMNS)),
        regions=regions(counts.provinces),
        months=_months(timezone.localdate()),
        words_url=reverse("words"),
    )


def _months(today: date) -> list[Month]:
    firsts = [date(today.year + (today.month - 1 + ahead) // 12, (today.month - 1 + ahead) % 12 + 1, 1) for ahead in range(MONTHS)]
    return [Month(date_format(first, "F Y"), f"{reverse('festivals')}?thang={first:%Y-%m}") for first in firsts]
