"""The passport of a product: what goes with the thing to whoever buys it, in one document that needs no network."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime

from library.access import ANONYMOUS
from library.frame.drawing.qr_code import QrCode, qr_code
from library.presentation.wording import Wording
from library.records.models import RecordPerson

from .context import neighbours
from .details import DetailRow, DetailValue
from .page import RecordPage, record_page

if TYPE_CHECKING:
    from library.records.models import Record

OCOP, STARS, STEPS, MAKERS = "ocop", "stars", "steps", "makers"
MOST_STARS = 5
LEFT_TO_THE_RECORD = frozenset({OCOP, STEPS, MAKERS, "sale_sessions"})  # shown in another way here, or only there


@dataclass(frozen=True, slots=True)
class Ocop:
    """The stars of the national programme "one commune, one product". ``drawn``: as signs; empty where no number is known.

    ``parts``: what the certificate says beside them.
    """

    drawn: str
    stars: str
    parts: list[DetailRow]


@dataclass(frozen=True, slots=True)
class Passport:
    """What the passport and the cards print. ``permalink`` is the address of the record, which the code holds."""

    page: RecordPage
    facts: list[DetailRow]
    steps: list[Wording]
    makers: list[Wording]
    ocop: Ocop | None
    permalink: str
    code: QrCode
    day: str


def passport(record: "Record") -> Passport:
    """Reads a record fetched for its page, as everybody may see it, whoever asks."""
    page = record_page(record, ANONYMOUS, neighbours(record, ANONYMOUS))
    rows = {row.key: row for row in page.rows}
    permalink = settings.SITE_URL + record.get_absolute_url()
    return Passport(
        page=page,
        facts=[row for row in page.rows if row.key not in LEFT_TO_THE_RECORD],
        steps=[part.values[0].words for value in _values(rows, STEPS) for part in value.rows],
        makers=_makers(rows, page),
        ocop=next((_ocop(value.rows) for value in _values(rows, OCOP)), None),
        permalink=permalink,
        code=qr_code(permalink),
        day=date_format(localtime(record.last_published_at or record.updated_at), "SHORT_DATE_FORMAT"),
    )


def _makers(rows: dict[str, DetailRow], page: RecordPage) -> list[Wording]:
    """Makers that have a record of their own, then those that this record names itself."""
    role = str(RecordPerson.Role.MAKER.label)
    named = [Wording(str(person.person.words)) for person in page.people if person.role == role]
    return list(dict.fromkeys([*(value.words for value in _values(rows, MAKERS)), *named]))


def _ocop(parts: list[DetailRow]) -> Ocop:
    stars = next((part.values[0].words.plain for part in parts if part.key == STARS), "")
    drawn = "★" * int(stars) + "☆" * (MOST_STARS - int(stars)) if stars.isdigit() and int(stars) <= MOST_STARS else ""
    return Ocop(drawn, stars, [part for part in parts if part.key != STARS])


def _values(rows: dict[str, DetailRow], key: str) -> list[DetailValue]:
    return rows[key].values if key in rows else []
