"""How to order a product and whom to turn to, as the page of its record and its passport say it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from library.access import ANONYMOUS, can_see
from library.metadata.web_addresses import web_address
from library.presentation.queries import types_of
from library.presentation.wording import Wording

from .details import DetailRow

if TYPE_CHECKING:
    from library.records.models import Record

NOT_DIALLED = re.compile(r"[^\d+]")
ORDER, CONTACT = "order", "contact"
OF_BUYING = frozenset({ORDER, CONTACT})  # fields that this part of the page shows
PRODUCT = "product"


@dataclass(frozen=True, slots=True)
class Seller:
    """Whom to turn to. ``dial``: the telephone as a link has it; what is not known is empty."""

    name: str
    phone: str
    dial: str
    link: str


@dataclass(frozen=True, slots=True)
class Buying:
    """``how``: the ways to order, in the words of the makers; ``sellers``: only those who agreed to be shown."""

    how: list[Wording]
    sellers: list[Seller]

    def __bool__(self) -> bool:
        return bool(self.how or self.sellers)


def buying(rows: Iterable[DetailRow]) -> Buying:
    """Reads the fields that the viewer may see."""
    values = {row.key: row.values for row in rows}
    return Buying([value.words for value in values.get(ORDER, [])], [_seller(value.rows) for value in values.get(CONTACT, [])])


def passport_address(record: "Record") -> str:
    """The address of its passport. Only a product that everybody may see has one: it is printed and handed on."""
    product = record.record_type in types_of(PRODUCT)
    return reverse("passport", args=[record.identifier]) if product and record.live and can_see(ANONYMOUS, record) else ""


def _seller(parts: Iterable[DetailRow]) -> Seller:
    words = {part.key: part.values[0].words.plain for part in parts}
    phone = words.get("phone", "")
    return Seller(words.get("name", ""), phone, NOT_DIALLED.sub("", phone), web_address(words.get("link", "")))
