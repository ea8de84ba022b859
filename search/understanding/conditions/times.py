"""Months in their own calendars, seasons, what comes soon, and years."""

from collections.abc import Iterator
from datetime import date

from ..reading import Reading
from .condition import Condition, Demand, FacetValue, Kind
from .matching import phrase_at, phrase_before, text_of
from .tables import (
    ALSO_VIETNAMESE,
    COMING,
    FESTIVAL,
    IN,
    LUNAR,
    LUNAR_MONTHS,
    MONTH,
    NEXT_MONTH,
    SEASON_NAMES,
    SEASONS,
    SOLAR,
    SOLAR_MONTHS,
    SPRING_FESTIVALS,
    THIS_MONTH,
    TYPES,
    YEAR,
    Phrase,
)

MONTHS_FACET = "festival_months"
FIRST_YEAR, LAST_YEAR = 1000, 2100  # a number between is read as a year


def lunar_month(month: int) -> FacetValue:
    """The value of what has a day in a month of the lunar calendar."""
    return FacetValue(MONTHS_FACET, f"lunar-{month}")


def solar_month(month: int) -> FacetValue:
    """The value of what has a day in a month of the Gregorian calendar by its own rule."""
    return FacetValue(MONTHS_FACET, f"solar-{month}")


def dated_month(year: int, month: int) -> FacetValue:
    """The value of what has a known day in one month of one year."""
    return FacetValue(MONTHS_FACET, f"{year:04d}-{month:02d}")


def time_at(reading: Reading, start: int, today: date) -> Condition | None:
    """The time that begins at a word, if one does."""
    found = (step(reading, start, today) for step in (_lunar, _numbered, _english, _near_month, _season, _coming, _year))
    return next((condition for condition in found if condition), None)


def _lunar(reading: Reading, start: int, today: date) -> Condition | None:
    """ "tháng Giêng", "tháng Hai": written in words a month is one of the lunar calendar, unless "dương lịch" follows."""
    named = [(phrase, number) for number, names in enumerate(LUNAR_MONTHS, start=1) if (phrase := phrase_at(reading, start, names))]
    if not named:
        return None
    phrase, month = max(named, key=lambda pair: len(pair[0]))
    end = start + len(phrase)
    if solar := phrase_at(reading, end, SOLAR):
        return _solar_month(start, end + len(solar), month, today)
    lunar = phrase_at(reading, end, LUNAR)
    return _month(start, end + len(lunar or ()), _month_name(phrase), lunar_month(month))


def _month_name(phrase: Phrase) -> str:
    """ "tháng Giêng", as it is written."""
    month, number, *more = (word.written for word in phrase)
    return " ".join([month, number.capitalize(), *more])


def _numbered(reading: Reading, start: int, today: date) -> Condition | None:
    """ "tháng 2": a number is a month of the Gregorian calendar, unless "âm lịch" follows."""
    if not phrase_at(reading, start, MONTH) or start + 1 >= len(reading.words) or not reading.words[start + 1].number:
        return None
    month, end = int(reading.words[start + 1].written), start + 2
    if not 1 <= month <= 12:
        return None
    if lunar := phrase_at(reading, end, LUNAR):
        return _month(start, end + len(lunar), f"tháng {month} âm lịch", lunar_month(month))
    return _solar_month(start, end + len(phrase_at(reading, end, SOLAR) or ()), month, today)


def _english(reading: Reading, start: int, today: date) -> Condition | None:
    for month, names in enumerate(SOLAR_MONTHS, start=1):
        phrase = phrase_at(reading, start, names)
        if phrase and (phrase[0].fold not in ALSO_VIETNAMESE or phrase_before(reading, start, IN)):
            return _solar_month(start, start + 1, month, today, text_of(phrase).title())
    return None


def _near_month(reading: Reading, start: int, today: date) -> Condition | None:
    for ahead, names in enumerate((THIS_MONTH, NEXT_MONTH)):
        if phrase := phrase_at(reading, start, names):
            month = (today.month - 1 + ahead) % 12 + 1
            return _solar_month(start, start + len(phrase), month, today)
    return None


def _season(reading: Reading, start: int, today: date) -> Condition | None:
    for first, names in SEASONS.items():
        if phrase := phrase_at(reading, start, names):
            return _in_season(start, start + len(phrase), SEASON_NAMES[first], first)
    if phrase := phrase_at(reading, start, SPRING_FESTIVALS):
        spring = _in_season(start, start + len(phrase), text_of(phrase), 1)
        return Condition(
            spring.start, spring.end, spring.core, spring.kind, spring.words, (*spring.demands, Demand(TYPES[0].values, phrase[:1]))
        )
    return None


def _coming(reading: Reading, start: int, today: date) -> Condition | None:
    if phrase := phrase_at(reading, start, COMING):
        end = start + len(phrase)
        return Condition(start, end, (start, end), Kind.COMING, text_of(phrase), (Demand((FESTIVAL,)),), coming=True)
    return None


def _year(reading: Reading, start: int, today: date) -> Condition | None:
    """ "năm 2015", or the one number of the request if it can be a year."""
    introducer = len(phrase_at(reading, start, YEAR) or ())
    place = start + introducer
    numbers = [word for word in reading.words if word.number]
    if place >= len(reading.words) or not (word := reading.words[place]).number or len(numbers) > 1:
        return None
    if len(word.written) != 4 or not FIRST_YEAR <= int(word.written) <= LAST_YEAR:
        return None
    return Condition(start, place + 1, (place, place + 1), Kind.YEAR, word.written, year=int(word.written))


def months_named(reading: Reading) -> Iterator[tuple[bool, int]]:
    """Whether lunar, and the number of each month that a text names."""
    for start in range(len(reading.words)):
        for step in (_lunar, _numbered):
            condition = step(reading, start, date.min)
            for value in condition.demands[0].values[:1] if condition else ():
                calendar, _sign, month = value.value.partition("-")
                yield calendar == "lunar", int(month)


def _solar_month(start: int, end: int, month: int, today: date, words: str = "") -> Condition:
    """A month of the Gregorian calendar: by the festival's rule, or by its known days the next time that month comes."""
    year = today.year + (month < today.month)
    return _month(start, end, words or f"tháng {month}", solar_month(month), dated_month(year, month))


def _month(start: int, end: int, words: str, *values: FacetValue) -> Condition:
    return Condition(start, end, (start, end), Kind.MONTH, words, (Demand(values),))


def _in_season(start: int, end: int, words: str, first: int) -> Condition:
    values = tuple(lunar_month(month) for month in range(first, first + 3))
    return Condition(start, end, (start, end), Kind.SEASON, words, (Demand(values),))
