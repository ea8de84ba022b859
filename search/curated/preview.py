"""What changes for readers when a curated question is saved: the first hits now and then, and what each synonym adds."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from library.access import ANONYMOUS, Viewer
from library.records.models import Record

from ..asking.find import SearchResult, find_with, first_answer
from ..asking.question import Knowledge, own_knowledge, question_of
from ..indexing.knowledge import curated_rows
from ..request import SearchRequest
from ..understanding import CuratedQuestions, CuratedRow, SynonymRow

SHOWN = 10  # hits


@dataclass(frozen=True, slots=True)
class PreviewHit:
    """A hit with what changes for it in words; ``code`` is empty where nothing does."""

    title: str
    url: str
    change: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class SynonymEffect:
    """How many records more are found for the question by one synonym, and for who types the synonym; None: that way does not hold."""

    words: str
    more: int
    back: int | None


@dataclass(frozen=True, slots=True)
class Preview:
    """Both lists, what is found in all, the effect of each synonym, and the pinned records that the public does not see."""

    question: str
    now: tuple[PreviewHit, ...]
    then: tuple[PreviewHit, ...]
    total_now: int
    total_then: int
    synonyms: tuple[SynonymEffect, ...]
    unseen: tuple[str, ...]


def preview_of(row: CuratedRow, replaced: int, curator: Viewer) -> Preview:
    """What an anonymous reader gets now, and with the row instead of the one of the primary key ``replaced``; 0: of none.

    Raises SearchUnavailable.
    """
    own, others = own_knowledge(), curated_rows(but=replaced)

    def with_row(each: CuratedRow) -> Knowledge:
        return replace(own, curated=CuratedQuestions([*others, each]))

    now, then = _asked(row.question, own), _asked(row.question, with_row(row))
    return Preview(
        question=row.question,
        now=tuple(_hits_now(now, then, row)),
        then=tuple(_hits_then(now, then)),
        total_now=now.total,
        total_then=then.total,
        synonyms=tuple(_effect(row, each, with_row) for each in row.synonyms),
        unseen=tuple(_unseen(row.pinned, then, curator)),
    )


def _effect(row: CuratedRow, synonym: SynonymRow, with_row: Callable[[CuratedRow], Knowledge]) -> SynonymEffect:
    """What one synonym adds by itself."""
    without, alone = with_row(replace(row, synonyms=())), with_row(replace(row, synonyms=(synonym,)))
    back = _more(synonym.words, without, alone) if synonym.both_ways else None
    return SynonymEffect(synonym.words, _more(row.question, without, alone), back)


def _asked(text: str, knowledge: Knowledge) -> SearchResult:
    request = SearchRequest(text=text, size=SHOWN)
    question = question_of(request, ANONYMOUS, knowledge)
    return first_answer(lambda engine: find_with(engine, request, question, ANONYMOUS))


def _more(text: str, without: Knowledge, with_synonym: Knowledge) -> int:
    counts = [_asked(text, knowledge).whole_total for knowledge in (without, with_synonym)]
    return counts[1] - counts[0]


def _places(result: SearchResult) -> Mapping[int, int]:
    return {hit.id: place for place, hit in enumerate(result.hits)}


def _hits_now(now: SearchResult, then: SearchResult, row: CuratedRow) -> Iterator[PreviewHit]:
    staying = _places(then)
    for hit in now.hits:
        if hit.id in row.barred:
            yield _hit(now, hit.id, _("không cho ra nữa"), "removed")
        elif hit.id not in staying:
            yield _hit(now, hit.id, _("ra ngoài mười kết quả đầu"), "removed")
        else:
            yield _hit(now, hit.id, "", "")


def _hits_then(now: SearchResult, then: SearchResult) -> Iterator[PreviewHit]:
    before = _places(now)
    for place, hit in enumerate(then.hits):
        if hit.id in then.plan.pinned:
            yield _hit(then, hit.id, _("ghim") if hit.id in before else _("ghim, mới vào"), "pinned")
        elif hit.id not in before:
            yield _hit(then, hit.id, _("mới vào"), "added")
        elif steps := before[hit.id] - place:
            yield _hit(then, hit.id, _moved(steps), "moved")
        else:
            yield _hit(then, hit.id, "", "")


def _moved(steps: int) -> str:
    """So many places up, or down where negative."""
    words = ngettext("lên %(n)s bậc", "lên %(n)s bậc", steps) if steps > 0 else ngettext("xuống %(n)s bậc", "xuống %(n)s bậc", -steps)
    return words % {"n": abs(steps)}


def _hit(result: SearchResult, pk: int, change: str, code: str) -> PreviewHit:
    record = result.records[pk]
    return PreviewHit(record.title, record.get_absolute_url(), change, code)


def _unseen(pinned: Sequence[int], then: SearchResult, curator: Viewer) -> Iterator[str]:
    """Titles of the pinned records that no reader without rights gets: closed, withdrawn, drafts, or not in the index yet."""
    missing = set(pinned) - set(_places(then))
    yield from (record.title for record in Record.objects.visible_to(curator).filter(pk__in=missing).order_by("pk"))
