"""The cards of public decisions: by their number, and by the name of what they list where the record itself is closed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from library.access import Viewer
from library.pages.queries.listings import closed_listings_named, listings_decided
from library.presentation.lists.listings import PublicListing, list_label
from library.presentation.wording import Wording

from ..analysis import Keys, keys_of
from ..understanding import Mode, Reading
from .cards import AnswerCard, Fact

INTRODUCERS = (("quyet", "dinh"), ("qd",), ("decision",))
NUMBER_WORDS = ("so", "no")
BETWEEN = frozenset({"qd", "nam", "of", "year"})
LONGEST_NUMBER, YEAR_LENGTH = 6, 4  # digits
MOST_CARDS = 2
LEAST_WORDS = 2  # that say which rite is meant
# Words that say what kind of thing is listed, or whose it is.
COMMON_WORDS = frozenset({"le", "hoi", "nghi", "tuc", "tet", "ngay", "cua", "nguoi", "dan", "toc", "o", "tai", "di", "san", "the", "of"})


@dataclass(frozen=True, slots=True)
class DecisionNumber:
    """A decision as it was typed: its number, and what else must agree."""

    number: int
    year: str
    agency: tuple[str, ...]  # folded words after "QĐ"


def decision_cards(reading: Reading, viewer: Viewer) -> Iterator[AnswerCard]:
    """The card of the decision whose number is the whole query; one for each year that has it."""
    asked = _decision_number([word.fold for word in reading.words])
    if asked is None:
        return
    decisions: dict[tuple[str, str], list[PublicListing]] = {}
    for listing in listings_decided(asked.number, viewer):
        agency = {word.fold for word in keys_of(listing.decision)}
        if asked.year in ("", listing.year) and agency.issuperset(asked.agency):
            decisions.setdefault((listing.year, listing.decision), []).append(listing)
    for (year, decision), listings in list(decisions.items())[:MOST_CARDS]:
        facts = (Fact(_("Năm"), year), Fact(_("Danh sách"), list_label(listings[0].list_name)), Fact(_("Ghi danh"), _many(listings)))
        yield AnswerCard(
            code="decision",
            kind=_("Quyết định ghi danh"),
            title=Wording(decision),
            url="",
            opens="",
            facts=tuple(fact for fact in facts if fact.words),
            listings=tuple(listings),
        )


def _decision_number(folds: Sequence[str]) -> DecisionNumber | None:
    """The number that was typed as that of a decision: "quyết định 246", "246/QĐ-BVHTTDL", "quyết định số 246 năm 2016"."""
    left = list(folds)
    introducer = next((words for words in INTRODUCERS if tuple(left[: len(words)]) == words), ())
    left = left[len(introducer) :]
    if left and left[0] in NUMBER_WORDS:
        left = left[1:]
    if not left or not left[0].isdecimal() or len(left[0]) > LONGEST_NUMBER or not (introducer or "qd" in left):
        return None
    number, rest = int(left[0]), left[1:]
    if "qd" not in rest and len(rest) > 2:  # a question that begins with a number
        return None
    in_words = "nam" in rest or "year" in rest
    year = next((word for word in reversed(rest) if word.isdecimal() and len(word) == YEAR_LENGTH and (in_words or rest[0] != word)), "")
    agency = tuple(word for word in rest if word not in BETWEEN and not word.isdecimal())
    return DecisionNumber(number, year, agency)


def closed_listing_cards(reading: Reading, viewer: Viewer) -> Iterator[AnswerCard]:
    """One card for the listings that the words name and whose records the viewer may not see: what the decisions say of them."""
    words = [word for word in reading.words if word.fold not in COMMON_WORDS and not word.clusters]
    if len(words) < LEAST_WORDS:
        return
    named = closed_listings_named([word.fold for word in words], viewer)
    closed = [listing for listing in named if _names(listing.title, words, reading.mode)]
    if closed:
        yield AnswerCard(
            code="listings",
            kind=_("Quyết định ghi danh"),
            title=Wording(_many(closed)),
            url="",
            opens="",
            note=_("Tư liệu về việc này chỉ mở cho người được phép. Tên, năm, số quyết định và nơi ghi danh thì ai cũng được biết."),
            listings=tuple(closed),
        )


def _many(listings: Sequence[PublicListing]) -> str:
    return _("%(count)s di sản") % {"count": len(listings)}


def _names(title: str, words: Sequence[Keys], mode: Mode) -> bool:
    """Whether every word stands in the title; a mark that was typed must stand there."""
    own = keys_of(title)
    return all(any(_is(typed, word, mode) for word in own) for typed in words)


def _is(typed: Keys, own: Keys, mode: Mode) -> bool:
    if mode is Mode.FULL or typed.toned:
        return typed.exact == own.exact
    return typed.notone == own.notone if typed.marked else typed.fold == own.fold
