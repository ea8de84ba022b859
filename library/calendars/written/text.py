"""What was typed, made plain: lower case, no marks, one kind of dash and space, without the words that say how sure it is."""

import re
import unicodedata
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

LONGEST = 120  # characters
DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-")
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"), None)
NARROW = re.compile(r"(?<=[0-9]) ?([/.]) ?(?=[0-9])")  # spaces inside 12 / 3 / 2025
EDGES = " \t\r\n'’`\"“”.,;:"
LUNAR = re.compile(r"[(\[]?\b(?:theo )?(?:am lich|lich am|a\.?l\.?|am|lunar)(?![a-z])[)\]]?")
SOLAR = re.compile(r"[(\[]?\b(?:theo )?(?:duong lich|lich duong|d\.?l\.?|duong|gregorian)(?![a-z])[)\]]?")
ABOUT = re.compile(r"^(?:vao )?(?:(?:khoang chung|khoang|uoc chung|uoc|chung|do|tam|circa|about|around)\b|ca?\.|~|≈)\s*(?:vao )?|\s*~$")
DOUBT = re.compile(r"^(?:co le|hinh nhu|perhaps) |\s*\(?\?\)?$|,? \(?(?:chua chac(?: chan)?|khong chac(?: chan)?|uncertain)\)?$")


class UnclearDateError(ValueError):
    """Nobody but its writer knows what the date means. ``choices``: ways to write it that are clear; empty where we know of none."""

    def __init__(self, sentence: str, choices: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.sentence, self.choices = sentence, choices


@dataclass(frozen=True, slots=True)
class Marks:
    """What the words around a date say of it. ``lunar`` is None where they say nothing of the calendar."""

    lunar: bool | None = None
    about: bool = False
    doubt: bool = False

    @property
    def sign(self) -> str:
        """The mark of EDTF: ``~`` about, ``?`` not sure, ``%`` both."""
        return {(False, False): "", (True, False): "~", (False, True): "?", (True, True): "%"}[self.about, self.doubt]


def plain(typed: str) -> str:
    """The text in lower case without marks, with one kind of dash and single spaces. Raises UnclearDateError for what is no text."""
    if len(typed) > LONGEST:
        raise UnclearDateError(_("Thời gian dài quá. Chỉ ghi ngày, tháng, năm; phần còn lại ghi ở ô nguyên văn."))
    text = unicodedata.normalize("NFKC", typed).translate(INVISIBLE).translate(DASHES).lower()
    bare = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter)).replace("đ", "d")
    text = NARROW.sub(r"\1", " ".join(bare.split()))
    if not text.isprintable():
        raise unread(typed)
    return text.strip(EDGES) if not text.startswith("..") else text


def unread(typed: str) -> UnclearDateError:
    """The error for what nobody reads as a date."""
    shown = "".join(letter for letter in typed if letter.isprintable())[:60]
    return UnclearDateError(
        _("Chưa hiểu “%(date)s”. Ví dụ: 12/3/2025, 3/2025, 1930, khoảng 1930, trước 1945, thế kỷ 19, 1930-1945.") % {"date": shown}
    )


def marks_of(text: str) -> tuple[str, Marks]:
    """(the date without the words that say how sure it is and which calendar, what they say)."""
    marks = Marks()
    for pattern, found in ((LUNAR, {"lunar": True}), (SOLAR, {"lunar": False}), (DOUBT, {"doubt": True}), (ABOUT, {"about": True})):
        rest = " ".join(pattern.sub(" ", text, count=1).split()).strip(" ,")
        if rest and rest != text:
            text, marks = rest, replace(marks, **found)
    return text, marks
