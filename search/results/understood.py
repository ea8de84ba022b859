"""What was understood of a search, for the line above the results: its restored words, its conditions as chips, the way back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..asking.find import SearchResult
from ..asking.relaxing import Relaxation
from ..facets import facet_named
from ..indexing.knowledge import lexicon, names
from ..request import SearchRequest
from ..understanding import Mode, Reading, understand
from ..understanding.conditions import Condition, Kind, understood_words
from .addresses import Address

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as LazyText

LABELS: Mapping[Kind, "LazyText"] = {
    Kind.TYPE: gettext_lazy("Loại: %(value)s"),
    Kind.PEOPLE: gettext_lazy("Dân tộc: %(value)s"),
    Kind.LANGUAGE: gettext_lazy("Tiếng: %(value)s"),
    Kind.PLACE: gettext_lazy("Nơi: %(value)s"),
    Kind.MONTH: gettext_lazy("Thời gian: %(value)s"),
    Kind.SEASON: gettext_lazy("Thời gian: %(value)s"),
    Kind.COMING: gettext_lazy("Thời gian: %(value)s"),
    Kind.YEAR: gettext_lazy("Năm: %(value)s"),
    Kind.MEDIA: gettext_lazy("Có: %(value)s"),
}
# By the first of their months.
SEASONS = {
    "lunar-1": gettext_lazy("mùa xuân"),
    "lunar-4": gettext_lazy("mùa hè"),
    "lunar-7": gettext_lazy("mùa thu"),
    "lunar-10": gettext_lazy("mùa đông"),
}
FIRST_VALUE_SAYS_ALL = (Kind.TYPE, Kind.MONTH)


@dataclass(frozen=True, slots=True)
class ConditionChip:
    """A condition with the address of the search without its words."""

    code: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Understood:
    """``words`` are the query as it was understood; ``unmarked``: the reader typed no marks, and what is shown has them."""

    typed: str
    words: str
    restored: bool
    unmarked: bool
    fulfilled: bool  # whether the records shown fulfil the conditions
    chips: tuple[ConditionChip, ...]
    synonyms: tuple[str, ...]  # words of curators that are looked for as well
    as_typed_url: str  # the search for the very words


def understood(result: SearchResult, request: SearchRequest, address: Address, doubtful: bool) -> Understood | None:
    """What was understood; None where the words mean what they say. ``doubtful``: something else is guessed and asked for, so that
    the words stay as typed."""
    reading = result.reading
    by_itself = not doubtful and not request.as_typed and reading.typed == " ".join(request.text.split())
    words = _words(reading, result.conditions) if by_itself else reading.typed
    restored = words.casefold() != reading.typed.casefold()
    synonyms = tuple(dict.fromkeys(other.written for hit in reading.synonyms for other in hit.others if other.display))
    if not result.conditions and not restored and not synonyms:
        return None
    return Understood(
        typed=reading.typed,
        words=words,
        restored=restored,
        unmarked=reading.mode is Mode.NONE,
        fulfilled=result.relaxation is Relaxation.NOTHING,
        chips=tuple(_chip(condition, reading, address) for condition in result.conditions),
        synonyms=synonyms,
        as_typed_url=address.with_value("dung", "1"),
    )


def _words(reading: Reading, conditions: tuple[Condition, ...]) -> str:
    """The words as understood; as typed where they would give back a name that must not be shown."""
    text = understood_words(reading, conditions)
    whole = names().owners_named(reading.words, reading.mode)
    hidden = (whole and not conditions) or any(not hit.display for hit in understand(text, lexicon(), names()).names)
    return reading.typed if hidden else text


def _chip(condition: Condition, reading: Reading, address: Address) -> ConditionChip:
    value = ", ".join(dict.fromkeys(filter(None, _values(condition)))) or condition.words
    label = str(LABELS[condition.kind]) % {"value": value}
    return ConditionChip(condition.kind, label, address.with_value("q", _without(condition, reading)))


def _values(condition: Condition) -> Iterator[str]:
    """What the condition asks for, in the reader's language."""
    if condition.kind is Kind.COMING:
        yield _("sắp tới")
    elif condition.kind is Kind.YEAR:
        yield condition.words
    elif condition.kind is Kind.SEASON:
        yield str(SEASONS[condition.demands[0].values[0].value])
    else:
        values = condition.demands[0].values
        for each in values[:1] if condition.kind in FIRST_VALUE_SAYS_ALL else values:
            yield _label(each.facet, each.value)


def _label(name: str, value: str) -> str:
    facet = facet_named(name)
    return facet.labels([value]).get(value, "") if facet else ""


def _without(condition: Condition, reading: Reading) -> str:
    """The query without the words of the condition."""
    start, end = reading.places[condition.start][0], reading.places[condition.end - 1][1]
    return " ".join(f"{reading.typed[:start]} {reading.typed[end:]}".split())
