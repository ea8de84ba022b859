"""Days as a calendar file (iCalendar, RFC 5545 and 7986) for the calendar of a reader's telephone. The package icalendar writes it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

CONTENT_TYPE = "text/calendar; charset=utf-8"
MADE_BY = "-//Digital library of the cultures of Vietnam's ethnic groups//Festivals//VI"
ASK_AGAIN = timedelta(days=7)  # how often a calendar that follows the address may ask for it

HEAD_BYTES, BYTES_PER_TIME = 350, 500  # about what a file weighs


@dataclass(frozen=True, slots=True)
class CalendarDays:
    """Whole days, the same in every time zone. ``key`` is the name of this one time: the same however often the file is made."""

    key: str
    start: date
    end: date
    title: str
    language: str
    place: str
    description: str
    url: str
    changed: datetime


def about_kilobytes(times: int) -> int:
    """About how many KB a file of so many times weighs, to be said before it is made; 0 where it would be empty."""
    return max(1, round((HEAD_BYTES + times * BYTES_PER_TIME) / 1000)) if times else 0


def calendar_file(name: str, url: str, days: Iterable[CalendarDays]) -> bytes:
    """The file; ``url`` is the address at which it stays up to date."""
    calendar = Calendar()
    calendar.add("prodid", MADE_BY)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)  # what most programs read in its place
    calendar.add("source", url)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    for each in days:
        calendar.add_component(_event(each))
    return bytes(calendar.to_ical())


def _event(days: CalendarDays) -> Event:
    event = Event()
    event.add("uid", days.key)
    event.add("dtstamp", days.changed)
    event.add("last-modified", days.changed)
    event.add("dtstart", days.start)
    event.add("dtend", days.end + timedelta(days=1))  # the first day that is no more part of it (RFC 5545, 3.6.1)
    event.add("summary", days.title, parameters={"LANGUAGE": days.language})
    if days.place:
        event.add("location", days.place)
    event.add("description", days.description)
    event.add("url", days.url)
    event.add("transp", "TRANSPARENT")  # nobody is busy because a festival is held somewhere
    return event
