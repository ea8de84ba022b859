"""A page of results as frozen values: everything the template prints, with addresses, counts and sentences in the reader's language."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from library.language.collation import vietnamese_order
from library.pages.presentation.lists.lines import Line, line
from library.pages.presentation.record.files import numbers_on_page

from ..analysis import keys_of
from ..asking.find import Found
from ..asking.relaxing import GivenUp
from ..engines.base import DEEPEST, Hit, Moment
from ..facets import facet_by_param, offered_facets
from ..forms import INSIDE, MAP, SORT_LABELS, SORTS
from ..indexing.knowledge import lexicon, names, places
from ..indexing.passages import opening_second
from ..query.highlighting import Marker, Piece, pieces
from ..query.request import SearchRequest
from ..understanding import understand
from .addresses import PAGE, Address
from .conditions import conditions
from .export import FORMATS
from .map import ResultMap, result_map
from .reasons import Reason, Why, reasons
from .timeline import Timeline, timeline

TIME = "date"  # the facet that counts decades; a page draws it as a row of bars
MOST_VALUES = {"groups": 60, "places": 40}  # of one facet on a page: all 54 peoples and 34 provinces fit
MOST_OTHER_VALUES = 20


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet; ``let_go_url`` is there for one that is chosen."""

    value: str
    label: str
    count: int
    selected: bool
    let_go_url: str


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """A facet with its values, the commonest first; chosen ones stay even when they count nothing."""

    name: str
    param: str
    label: str
    values: tuple[FacetValue, ...]
    chosen: bool
    longer: bool  # there are more values than these


@dataclass(frozen=True, slots=True)
class MomentView:
    """A place inside the record: "trang 12", "phút 1:23"."""

    url: str
    label: str
    words: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class HitView:
    """One record found: its line as in every list, its title and best passage in pieces, why it was found, and where inside."""

    line: Line
    title: tuple[Piece, ...]
    passage: tuple[Piece, ...]
    reasons: tuple[str, ...]
    moments: tuple[MomentView, ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """Something recognised in the query: a people's official name, with the address that narrows to it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Link:
    """An address with its words."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence the reader has to know: the search gave something up, or runs in a simpler way. ``code`` is for the template."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Results:
    """The whole page."""

    query: str
    total: int
    shown_total: int  # as far as paging reaches
    hits: tuple[HitView, ...]
    facets: tuple[FacetGroup, ...]
    chosen: tuple[Link, ...]  # each lets one choice go
    understood: tuple[Understood, ...]
    did_you_mean: Link | None
    notices: tuple[Notice, ...]
    sorts: tuple[Link, ...]
    pages: tuple[Link, ...]  # previous and next at most, and the numbers between
    timeline: Timeline | None
    map: ResultMap | None
    detailed_url: str
    save_url: str
    map_url: str  # the same search on the map
    inside_url: str  # the same words inside recordings and pages; empty when that is what is shown, or no word was typed
    export_urls: tuple[Link, ...]
    reset_url: str
    page: int
    page_count: int


def results_of(found: Found, asked: SearchRequest, parameters: QueryDict) -> Results:
    """The page for what was found."""
    address = Address(parameters)
    groups = tuple(_facet_groups(found, asked, address))
    reachable = min(found.total, DEEPEST)
    page_count = max(1, -(-reachable // asked.size))
    return Results(
        query=asked.text,
        total=found.total,
        shown_total=reachable,
        hits=tuple(_hits(found)),
        facets=groups,
        chosen=(
            *(Link(words, url) for words, url in conditions(asked, address)),
            *(Link(f"{group.label}: {value.label}", value.let_go_url) for group in groups for value in group.values if value.selected),
        ),
        understood=tuple(_understood(found, address)),
        did_you_mean=_did_you_mean(found, address),
        notices=tuple(_notices(found)),
        sorts=tuple(_sorts(asked, address)),
        pages=tuple(_pages(asked.page, page_count, address)),
        timeline=timeline(found.facets.get(TIME, {}), address),
        map=result_map(found.cells, found.records.values(), asked.box, address) if asked.cells else None,
        detailed_url=address.detailed(),
        save_url=address.save(),
        map_url=address.with_value("xem", MAP),
        inside_url=address.with_value("o", INSIDE) if asked.words and not asked.inside else "",
        export_urls=tuple(Link(label, address.export(code)) for code, label in FORMATS.items()) if found.total else (),
        reset_url=address.with_only("q"),
        page=asked.page,
        page_count=page_count,
    )


def _hits(found: Found) -> Iterator[HitView]:
    marker = Marker(found.plan.highlight)
    for hit in found.hits:
        record_line = line(found.records[hit.id])
        passage = next((fragment.text for fragment in hit.fragments), "")
        moments = found.moments.get(hit.id, ())
        texts = [*_texts(hit), *(moment.text for moment in moments)]
        yield HitView(
            line=record_line,
            title=pieces(record_line.title.plain, marker),
            passage=pieces(passage, marker),
            reasons=tuple(_sentence(reason) for reason in reasons(found.reading, texts)),
            moments=tuple(_moments(found, hit.id, record_line.url, marker)),
        )


def _texts(hit: Hit) -> list[str]:
    return [*hit.titles, *hit.names, *(fragment.text for fragment in hit.fragments)]


def _moments(found: Found, record: int, url: str, marker: Marker) -> Iterator[MomentView]:
    """The places inside a record, in files that the law still opens: the index may lag behind it."""
    moments = found.moments.get(record, ())
    numbers = numbers_on_page(found.records[record], found.viewer) if moments else {}
    for moment in moments:
        if number := numbers.get(moment.locator.get("media", 0)):
            yield _moment(moment, number, url, found.reading.typed, marker)


def _moment(moment: Moment, number: int, url: str, typed: str, marker: Marker) -> MomentView:
    """The place inside the file of that number; a page is told what was looked for, so that it can mark it."""
    words = pieces(marker.best_window(moment.text), marker)
    page = moment.locator.get("page")
    if page is not None:
        return MomentView(
            f"{url}?{urlencode({'trang': page, 'tim': typed})}#tai-lieu-{number}", _("trang %(page)s") % {"page": page}, words
        )
    marked = marker.marks(moment.text)
    second = opening_second(moment.locator, marked[0][0] if marked else 0)
    place = f"t={second}" if number == 1 else f"{number}:t={second}"
    return MomentView(f"{url}#{place}", _("phút %(clock)s") % {"clock": f"{second // 60}:{second % 60:02d}"}, words)


def _facet_groups(found: Found, asked: SearchRequest, address: Address) -> Iterator[FacetGroup]:
    for facet in offered_facets(asked.facets.get("type", ())):
        chosen = asked.facets.get(facet.name, ())
        counts = found.facets.get(facet.name, {})
        labels = facet.labels([*counts, *chosen])
        values = [
            FacetValue(
                value,
                labels[value],
                counts.get(value, 0),
                value in chosen,
                address.without_value(facet.param, value) if value in chosen else "",
            )
            for value in dict.fromkeys([*chosen, *counts])
            if value in labels
        ]
        says_nothing = len(values) == 1 and values[0].count == found.total and not chosen
        if values and not says_nothing:
            ordered = sorted(values, key=lambda each: (not each.selected, -each.count, vietnamese_order(each.label)))
            most = MOST_VALUES.get(facet.name, MOST_OTHER_VALUES)
            yield FacetGroup(facet.name, facet.param, str(facet.label), tuple(ordered[:most]), bool(chosen), longer=len(ordered) > most)


def _understood(found: Found, address: Address) -> Iterator[Understood]:
    """Every people that a name in the query leads to, by its official name: one, or several for a name that several bore.
    Then every province, of today or of before."""
    reading = found.reading
    peoples = [f"dan-toc={owner.group}" for hit in reading.names for owner in hit.owners]
    provinces = [owner.group for hit in places().hits(reading.words, reading.mode) for owner in hit.owners]
    for narrowing in dict.fromkeys([*peoples, *provinces]):
        param, _sign, value = narrowing.partition("=")
        facet = facet_by_param(param)
        if facet and (label := facet.labels([value]).get(value)):
            yield Understood(label, address.with_value(param, value))


def _did_you_mean(found: Found, address: Address) -> Link | None:
    """The query with its unknown words repaired; never a name that must not be shown."""
    if not found.reading.repaired:
        return None
    text = found.reading.rewritten()
    hidden = any(not hit.display for hit in understand(text, lexicon(), names()).names)
    return None if hidden else Link(text, address.with_value("q", text))


def _notices(found: Found) -> Iterator[Notice]:
    if found.degraded:
        yield Notice("degraded", _("Máy tìm kiếm chính đang nghỉ; đang dùng cách tìm đơn giản hơn."))
    if found.reading.cut:
        yield Notice("cut", _("Câu tìm dài quá nên chỉ tìm phần đầu."))
    if found.given_up is GivenUp.MOST_WORDS:
        yield Notice("relaxed", _("Không có tư liệu nào chứa phần lớn các từ này; dưới đây là tư liệu chứa một vài từ."))
    if found.given_up is GivenUp.PHRASES:
        yield Notice("phrase", _("Không có tư liệu nào chứa nguyên cụm trong ngoặc kép; dưới đây là tư liệu có các từ rời."))
    if found.hits and found.reading.repaired and not _typed_found(found):
        yield Notice("repaired", _("Không thấy từ bạn gõ; dưới đây là kết quả cho “%(words)s”.") % {"words": found.reading.rewritten()})


def _typed_found(found: Found) -> bool:
    """Whether any hit shows an unknown word as it was typed."""
    typed = {found.reading.words[place].fold for place in found.reading.repaired}
    shown = {word.fold for hit in found.hits for text in _texts(hit) for word in keys_of(text)}
    return bool(typed & shown)


def _sorts(asked: SearchRequest, address: Address) -> Iterator[Link]:
    for code, label in SORT_LABELS.items():
        yield Link(str(label), address.with_value("xep", code), current=SORTS[code] is asked.sort)


def _pages(page: int, count: int, address: Address) -> Iterator[Link]:
    if count == 1:
        return
    around = [number for number in range(1, count + 1) if number in (1, count) or abs(number - page) <= 2]
    for number in around:
        yield Link(str(number), address.with_value(PAGE, str(number) if number > 1 else ""), current=number == page)


def _sentence(reason: Reason) -> str:
    return _SENTENCES[reason.why](reason.detail)


_SENTENCES: Mapping[Why, Callable[[str], str]] = {
    Why.EXACT: lambda detail: _("đúng từ đã gõ"),
    Why.TONES: lambda detail: _("khác dấu thanh"),
    Why.MARKS: lambda detail: _("khác dấu"),
    Why.TOGETHER: lambda detail: _("viết liền hoặc viết rời"),
    Why.NAME: lambda detail: _("tên khác của %(name)s") % {"name": detail},
    Why.REPAIRED: lambda detail: _("sửa chính tả thành “%(word)s”") % {"word": detail},
}
