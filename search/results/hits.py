"""The records of a page of results: what each shows, with the words of the query marked, why it was found, and where inside."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from library.pages.presentation.lists.lines import RecordLine, line
from library.pages.presentation.record.media.files import numbers_on_page
from library.pages.presentation.wording import Wording, foreign
from library.records.models import Record

from ..analysis import Keys, keys_of
from ..asking.find import SearchResult
from ..engines.base import Hit, Passage
from ..indexing.passages import opening_second
from ..query.highlighting import MarkedText, Marker, marked_texts
from .reasons import Reason, Why, reasons


@dataclass(frozen=True, slots=True)
class PassageView:
    """A place inside the record: "trang 12", "phút 1:23"."""

    url: str
    label: str
    snippet: tuple[MarkedText, ...]


@dataclass(frozen=True, slots=True)
class HitView:
    """One record that was found: its line as in every list, its title and snippet with marks, the reasons, the passages inside it."""

    line: RecordLine
    title: tuple[MarkedText, ...]
    snippet: tuple[MarkedText, ...]
    snippet_language: str  # empty where it is the page's
    reasons: tuple[str, ...]
    passages: tuple[PassageView, ...]


@dataclass(frozen=True, slots=True)
class ShownWords:
    """The words of all texts that a page shows of one hit, one list for each text. They are analysed once and used several times."""

    of_record: tuple[Sequence[Keys], ...]  # of its titles, names and snippets
    of_passages: tuple[Sequence[Keys], ...]


def shown_words(result: SearchResult) -> list[ShownWords]:
    """The shown words of each hit, in the order of the hits."""
    return [ShownWords(_keys(_texts(hit)), _keys(passage.text for passage in result.passages.get(hit.id, ()))) for hit in result.hits]


def hit_views(result: SearchResult, shown: Sequence[ShownWords]) -> Iterator[HitView]:
    """The hits as the page shows them. ``shown`` are their words, from ``shown_words``."""
    marker = Marker(result.plan.highlight)
    for hit, words in zip(result.hits, shown, strict=True):
        record_line = line(result.records[hit.id])
        snippet = _snippet(hit, result.records[hit.id], marker)
        yield HitView(
            line=record_line,
            title=marked_texts(record_line.title.plain, marker),
            snippet=marked_texts(snippet.plain, marker),
            snippet_language=snippet.language,
            reasons=tuple(_sentence(reason) for reason in reasons(result.reading, [*words.of_record, *words.of_passages])),
            passages=tuple(_passages(result, hit.id, record_line.url, marker)),
        )


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
}
