"""Addresses of pages in plain ASCII, and the field that shows them so while a Vietnamese title is typed."""

import re
import unicodedata
from itertools import groupby
from typing import Any

from django.utils.text import slugify
from wagtail.admin.widgets import SlugInput

from media_pipeline.text.folding import fold

LETTERS = range(0x00C0, 0x1EFA)  # from À to ỹ: where Unicode keeps the letters of Vietnamese, among others


def plain_address(text: str) -> str:
    """``Tiếng trống trên đồi`` → ``tieng-trong-tren-doi``."""
    return slugify(fold(text))


def letter_rules() -> list[tuple[str, str]]:
    """What ``fold`` makes of each letter with marks, as rules for the browser: a class of letters, and the plain letter for it."""
    marked = [chr(code) for code in LETTERS if unicodedata.category(chr(code)) in ("Lu", "Ll")]
    pairs = sorted((fold(letter), letter) for letter in marked if re.fullmatch("[a-z]", fold(letter)))
    return [(f"[{''.join(letter for _plain, letter in rows)}]", plain) for plain, rows in groupby(pairs, key=lambda pair: pair[0])]


class PlainSlugInput(SlugInput):
    """Wagtail's field for an address; it makes plain letters of those with marks before it leaves out what is no letter."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, formatters=letter_rules())
