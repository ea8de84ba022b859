"""What the values of facets are called, in the reader's language. A value without a label is left out of the page.

Each process caches the names of the authorities for a while: they change rarely, and a page shows two hundred of them.
"""

import re
import time
from collections.abc import Callable, Iterable

from django.apps import apps
from django.utils.dates import MONTHS
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from library.access import ANONYMOUS
from library.accounts.models import Community
from library.calendars.lunar import month_name
from library.presentation.wording import in_reader_language
from library.records.models import Record
from library.records.models.choices import ReviewState
from library.records.profiles import FacetField
from library.records.profiles.display import is_public
from library.vocabularies.lookup import term_labels
from library.vocabularies.models import AdminUnit, EthnicGroup, GroupName, Source

CACHED_FOR = 30.0  # seconds
MOST_CACHED = 20_000  # labels of one facet in one language; addresses may name values that do not exist
SIZES = {"200": "200 KB", "1000": "1 MB", "5000": "5 MB"}  # KB → as readers say it
CHECKED = "checked"
YEAR = re.compile(r"-?[0-9]{1,6}")
Labels = dict[str, str]
Labelling = Callable[[Iterable[str]], Labels]


class CachedLabels:
    """Labels that are read from the database once in a while. Only for what everybody may know: no access rule is asked."""

    every: "list[CachedLabels]" = []

    def __init__(self, ask: Labelling) -> None:
        self._ask = ask
        self._cached: dict[tuple[str | None, str], str | None] = {}
        self._stale_at = 0.0
        self.every.append(self)

    def __call__(self, values: Iterable[str]) -> Labels:
        if time.monotonic() > self._stale_at or len(self._cached) > MOST_CACHED:
            self._cached, self._stale_at = {}, time.monotonic() + CACHED_FOR
        cached, language, codes = self._cached, get_language(), list(values)
        if unknown := [value for value in codes if (language, value) not in cached]:
            labels = self._ask(unknown)
            cached.update({(language, value): labels.get(value) for value in unknown})
        return {value: label for value in codes if (label := cached[language, value]) is not None}

    def forget(self) -> None:
        """Read the labels again at the next page."""
        self._stale_at = 0.0


def forget() -> None:
    """Read every label again at the next page."""
    for cache in CachedLabels.every:
        cache.forget()


def of_field(field: FacetField) -> Labelling:
    """Labels from the field's vocabulary or its short list; a value that has none is shown as it is."""

    def labels(values: Iterable[str]) -> Labels:
        label_of = {option.code: str(option.label) for option in field.options}
        if field.vocabulary:
            label_of = {code: (en if get_language() == "en" else vi) for code, (vi, en) in term_labels(field.vocabulary).items()}
        return {value: label_of.get(value, value) for value in values}

    return labels


def things(model: str) -> Labelling:
    """What referred things are called; none for what may not be shown to everybody. Never cached: who may see them may change."""
    if model == Record._meta.label:
        return records

    def labels(values: Iterable[str]) -> Labels:
        objects = apps.get_model(model)._default_manager.in_bulk(_numbers(values)).values()
        return {str(thing.pk): str(thing) for thing in objects if is_public(thing) and getattr(thing, "display", True)}

    return labels


def records(values: Iterable[str]) -> Labels:
    """Titles of records that everybody may see."""
    titles = Record.objects.visible_to(ANONYMOUS).filter(pk__in=_numbers(values)).order_by().values_list("pk", "title_vi", "title_en")
    return {str(pk): in_reader_language(title_vi, title_en).plain for pk, title_vi, title_en in titles}


@CachedLabels
def peoples(values: Iterable[str]) -> Labels:
    """Peoples by slug."""
    return {group.slug: group.name for group in EthnicGroup.objects.filter(slug__in=list(values)).only("slug", "name_vi", "name_en")}


@CachedLabels
def subgroups(values: Iterable[str]) -> Labels:
    """Names of parts of a people, of those that may be shown."""
    return {str(name.pk): in_reader_language(name.name) for name in GroupName.objects.displayable().filter(pk__in=_numbers(values))}


@CachedLabels
def units(values: Iterable[str]) -> Labels:
    """A commune or a former district with what it lies in: many share a name."""
    rows = AdminUnit.objects.filter(pk__in=_numbers(values)).select_related("parent")
    return {str(unit.pk): f"{unit.label}, {unit.parent.label}" if unit.parent else unit.label for unit in rows}


@CachedLabels
def communities(values: Iterable[str]) -> Labels:
    """Communities by slug."""
    return {community.slug: str(community) for community in Community.objects.filter(slug__in=list(values))}


@CachedLabels
def sources(values: Iterable[str]) -> Labels:
    """Works that records rest on."""
    return {str(source.pk): in_reader_language(str(source)) for source in Source.objects.filter(pk__in=_numbers(values))}


def media_kinds(values: Iterable[str]) -> Labels:
    """Kinds of files."""
    label_of = {"image": _("ảnh"), "audio": _("âm thanh"), "video": _("phim"), "document": _("tài liệu")}
    return {value: label_of.get(value, value) for value in values}


def festival_months(values: Iterable[str]) -> Labels:
    """Months of a calendar, or of one year."""
    return {value: _month(*value.split("-")) for value in values}


def _month(calendar: str, number: str) -> str:
    month, english = int(number), get_language() == "en"
    if calendar == "lunar":
        return _("tháng %(number)s âm lịch") % {"number": month} if english else f"{month_name(month)} âm lịch"
    return str(MONTHS[month]) if english else _("tháng %(month)s dương lịch") % {"month": month}


def decades(values: Iterable[str]) -> Labels:
    """Decades by their first year; none for what is no year."""
    return {value: _("thập niên %(year)s") % {"year": value} for value in values if YEAR.fullmatch(value)}


def sizes(values: Iterable[str]) -> Labels:
    """Limits of size, in KB."""
    return {value: _("dưới %(size)s") % {"size": SIZES[value]} for value in values if value in SIZES}


def checking(values: Iterable[str]) -> Labels:
    """Whether a record was reviewed."""
    label_of = {CHECKED: _("đã duyệt"), ReviewState.NEEDS_CHECKING: str(ReviewState.NEEDS_CHECKING.label)}
    return {value: label_of[value] for value in values if value in label_of}


def _numbers(values: Iterable[str]) -> list[int]:
    return [int(value) for value in values if value.isdecimal()]
