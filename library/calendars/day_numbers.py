"""Days as whole numbers on both sides of our era: 1 is 1 January of the year 1, 0 the day before (proleptic Gregorian, ISO 8601).

Years are astronomical: 0 is 1 BC, −10 is 11 BC. Python's ``date`` knows only the years 1 to 9999.
"""

from datetime import date

CYCLE_YEARS, CYCLE_DAYS = 400, 146_097  # after so many years the calendar repeats itself
OPEN = 10**12  # further away than any day that is written: an end that is not known


def day_number(year: int, month: int, day: int) -> int:
    """The number of a day; equal to ``date.toordinal`` where there is a date."""
    cycles, rest = divmod(year - 1, CYCLE_YEARS)
    return date(rest + 1, month, day).toordinal() + cycles * CYCLE_DAYS


def first_day(year: int) -> int:
    """The number of 1 January."""
    return day_number(year, 1, 1)


def last_day(year: int) -> int:
    """The number of 31 December."""
    return day_number(year, 12, 31)


def year_of(number: int) -> int:
    """The astronomical year of a day."""
    cycles, rest = divmod(number - 1, CYCLE_DAYS)
    return date.fromordinal(rest + 1).year + cycles * CYCLE_YEARS


def historical_year(year: int) -> int:
    """The year as people count, without a year 0: −11 is the year 11 BC."""
    return year if year > 0 else year - 1


def astronomical_year(year: int) -> int:
    """The astronomical year of one that people count. Raises ValueError for the year 0, which nobody counts."""
    if year == 0:
        raise ValueError("there is no year 0")
    return year if year > 0 else year + 1
