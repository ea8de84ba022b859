"""The records of a page of results: what each shows, with the words of the query marked, why it was found, and where inside."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from library.calendars.edtf_dates import for_readers
from library.calendars.rules import Occurrence
from library.pages.presentation.festivals.days import in_one_phrase
from library.pages.queries.festivals import next_of_each
from library.presentation.lists.file_notes import FileNote, file_notes
from library.presentation.lists.lines import RecordLine, line
from library.presentation.media.files import numbers_on_page
from library.presentation.wording import Wording, foreign
from library.records.festivals.schedules import festival_types
from library.records.models import Record

from ..analysis import Keys, keys_of
from ..asking.find import SearchResult
from ..engines.base import Hit, Passage
from ..indexing.passages import opening_second
from ..query.highlighting import MarkedText, Marker, marked_texts
from .grouping import HitGroup, Listings
from .reasons import Reason, Why, reasons


@dataclass(frozen=True, slots=True)
class PassageView:
    """A place inside the record: "trang 12", "phút 1:23"."""

    url: str
    label: str
    snippet: tuple[MarkedText, ...]


@dataclass(frozen=True, slots=True)
class HitView:
    """One record that was found: its line as in every list, its title and snippet with marks, the reasons, the passages inside it.

    ``when`` are its next days or its date. ``listings`` are its listings, which the same hit stands for. ``in_part``: it has only some of
    the words of the query.
    """

    line: RecordLine
    when: Wording
    files: tuple[FileNote, ...]
    listings: Listings | None
    title: tuple[MarkedText, ...]
    snippet: tuple[MarkedText, ...]
    snippet_language: str  # empty where it is the page's
    reasons: tuple[str, ...]
    passages: tuple[PassageView, ...]
    in_part: bool


@dataclass(frozen=True, slots=True)
class ShownWords:
    """The words of all texts that a page shows of one hit, one list for each text. They are analysed once and used several times."""

    of_record: tuple[Sequence[Keys], ...]  # of its titles, names and snippets
    of_passages: tuple[Sequence[Keys], ...]


def shown_words(groups: Sequence[HitGroup], result: SearchResult) -> list[ShownWords]:
    """The shown words of each hit, in the order of the hits."""
    return [
        ShownWords(_keys(_texts(group.hit)), _keys(passage.text for passage in result.passages.get(group.hit.id, ()))) for group in groups
    ]


def hit_views(groups: Sequence[HitGroup], result: SearchResult, shown: Sequence[ShownWords]) -> Iterator[HitView]:
    """The hits as the page shows them. ``shown`` are their words, from ``shown_words``."""
    marker = Marker(result.plan.highlight)
    parts = _hits_in_part(result)
    festivals = (group.record.pk for group in groups if group.record.record_type in festival_types())
    coming = next_of_each(festivals, timezone.localdate())
    for group, words in zip(groups, shown, strict=True):
        record_line = line(group.record, pictured=True)
        snippet = _snippet(group.hit, group.record, marker)
        yield HitView(
            line=record_line,
            when=_when(group.record, coming),
            files=tuple(file_notes(group.record)),
            listings=group.listings,
            title=marked_texts(record_line.title.plain, marker),
            snippet=marked_texts(snippet.plain, marker),
            snippet_language=snippet.language,
            reasons=(
                *([_sentence(Reason(Why.PINNED))] if group.best in result.plan.pinned else []),
                *_part_in_words(result, group.best),
                *(_sentence(reason) for reason in reasons(result.reading, [*words.of_record, *words.of_passages])),
            ),
            passages=tuple(_passages(result, group.hit.id, record_line.url, marker)),
            in_part=group.best in parts,
        )


def _hits_in_part(result: SearchResult) -> set[int]:
    """Keys of the hits that have only some of the words: they stand behind all that were counted."""
    if not result.followers:
        return set()
    counted = max(0, result.total - result.plan.offset)
    return {*result.words_in_part, *(hit.id for hit in result.hits[counted:])}


def _part_in_words(result: SearchResult, key: int) -> Iterator[str]:
    """For a hit that has only some of the words: which, of how many."""
    if words := result.words_in_part.get(key):
        listed = ", ".join(words)
        numbers = {"count": len(words), "all": len(result.reading.different_words), "words": listed}
        before, _words, after = (_("có %(count)s trong %(all)s chữ: %(words)s") % numbers).partition(listed)
        yield format_html("{}{}{}", before, listed if listed.isascii() else foreign(listed, "vi"), after)


def _when(record: Record, coming: Mapping[int, Occurrence]) -> Wording:
    """The next days of a festival, else the first date of the record; empty where there is none."""
    if record.pk in coming:
        return Wording(in_one_phrase(coming[record.pk]))
    for row in record.dates.all():
        return Wording(for_readers(row.edtf)) if row.edtf else foreign(row.wording, "vi")
    return Wording("")


def _snippet(hit: Hit, record: Record, marker: Marker) -> Wording:
    """The excerpt that the engine chose; on an English page rather the English summary, where there is one."""
    excerpt = next((snippet.text for snippet in hit.snippets), "")
    if get_language() == "en" and record.summary_en:
        return Wording(marker.best_window(record.summary_en))
    return foreign(excerpt, "en" if excerpt.strip("… ") in record.summary_en else "vi")


def _texts(hit: Hit) -> Iterator[str]:
    yield from (*hit.titles, *hit.names)
    yield from (snippet.text for snippet in hit.snippets)


def _keys(texts: Iterator[str]) -> tuple[Sequence[Keys], ...]:
    return tuple(keys_of(text) for text in texts)


def _passages(result: SearchResult, record: int, url: str, marker: Marker) -> Iterator[PassageView]:
    """The passages inside a record, of files that the reader may still open: the index may lag behind the database."""
    passages = result.passages.get(record, ())
    numbers = numbers_on_page(result.records[record], result.viewer) if passages else {}
    for passage in passages:
        if number := numbers.get(passage.locator.get("media", 0)):
            yield _passage(passage, number, url, result.reading.typed, marker)


def _passage(passage: Passage, number: int, url: str, typed: str, marker: Marker) -> PassageView:
    """The passage inside the file of that number. The address of a page carries the typed words, so that the page can mark them."""
    snippet = marked_texts(marker.best_window(passage.text), marker)
    page = passage.locator.get("page")
    if page is not None:
        address = f"{url}?{urlencode({'trang': page, 'tim': typed})}#tai-lieu-{number}"
        return PassageView(address, _("trang %(page)s") % {"page": page}, snippet)
    marks = marker.marks(passage.text)
    second = opening_second(passage.locator, marks[0][0] if marks else 0)
    time = f"t={second}" if number == 1 else f"{number}:t={second}"
    return PassageView(f"{url}#{time}", _("phút %(clock)s") % {"clock": f"{second // 60}:{second % 60:02d}"}, snippet)


def _sentence(reason: Reason) -> str:
    return _SENTENCES[reason.why](reason.detail)


_SENTENCES: Mapping[Why, Callable[[str], str]] = {
    Why.TONES: lambda detail: _("khác dấu thanh"),
    Why.MARKS: lambda detail: _("khác dấu"),
    Why.TOGETHER: lambda detail: _("viết liền hoặc viết rời"),
    Why.NAME: lambda detail: _("tên khác của %(name)s") % {"name": detail},
    Why.REPAIRED: lambda detail: _("sửa chính tả thành “%(word)s”") % {"word": detail},
    Why.SYNONYM: lambda detail: _("đồng nghĩa: “%(words)s”") % {"words": detail},
    Why.PINNED: lambda detail: _("thư viện chọn cho câu tìm này"),
}
