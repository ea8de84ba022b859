"""A page of results as one frozen value: everything that the template prints."""

from dataclasses import dataclass

from django.core.paginator import Page
from django.http import QueryDict

from library.pages.paging import ListPaginator

from ..answers import AnswerCard, answers_for
from ..asking.find import SearchResult
from ..engines.base import DEEPEST
from ..request import INSIDE, MAP, SearchRequest
from .addresses import Address
from .facet_groups import LAST, MOST_OPEN, TIME, FacetGroup, facet_groups
from .grouping import grouped_hits
from .hits import HitView, hit_views, shown_words
from .links import PageLink, export_links, removal_links, sort_links
from .map import ResultMap, result_map
from .nothing import Nothing, nothing_of
from .notices import Notice, did_you_mean, notices, recognised_names
from .timeline import Timeline, timeline
from .understood import Understood, understood


@dataclass(frozen=True, slots=True)
class Results:
    """The whole page."""

    query: str
    total: int
    reachable_total: int  # as far as paging goes
    answers: tuple[AnswerCard, ...]  # what the whole query names; they stand above the hits
    hits: tuple[HitView, ...]
    facets: tuple[FacetGroup, ...]
    removals: tuple[PageLink, ...]  # each leads to the search without one condition
    understood: Understood | None  # None where the words mean what they say
    recognised: tuple[PageLink, ...]  # peoples and provinces named in the query; each narrows the search to one
    did_you_mean: PageLink | None
    nothing: Nothing | None  # what to say where there is no hit
    notices: tuple[Notice, ...]
    sorts: tuple[PageLink, ...]
    pages: Page  # the page numbers under the list
    timeline: Timeline | None
    map: ResultMap | None
    detailed_url: str
    save_url: str
    map_url: str  # the same search on the map
    inside_url: str  # the same words inside recordings and pages; empty when that is what is shown, or no word was typed
    exports: tuple[PageLink, ...]
    reset_url: str
    page: int
    page_count: int

    @property
    def whole_hits(self) -> tuple[HitView, ...]:
        """The hits that have all that was asked."""
        return tuple(hit for hit in self.hits if not hit.in_part)

    @property
    def part_hits(self) -> tuple[HitView, ...]:
        """The hits behind them that have a part of it; they are not counted."""
        return tuple(hit for hit in self.hits if hit.in_part)

    @property
    def open_facets(self) -> tuple[FacetGroup, ...]:
        """The facets that stand open: with the years at most so many."""
        most = MOST_OPEN - 1 if self.timeline else MOST_OPEN
        return tuple(group for group in self.facets if group.name not in LAST | {TIME})[:most]

    @property
    def more_facets(self) -> tuple[FacetGroup, ...]:
        """The facets behind "more conditions"."""
        return tuple(group for group in self.facets if group.name != TIME and group not in self.open_facets)

    @property
    def narrowed_further(self) -> bool:
        """Whether any condition behind "more conditions" is in use."""
        return any(group.selected for group in self.more_facets)

    @property
    def decades(self) -> list[tuple[str, str]]:
        """Parameter and value of each decade that an address selects: the years are drawn, not listed, but keep these conditions."""
        return [(group.param, value.value) for group in self.facets if group.name == TIME for value in group.values if value.selected]


def results_of(result: SearchResult, request: SearchRequest, parameters: QueryDict) -> Results:
    """The page for what a search found. ``parameters`` are those of its address."""
    address = Address(parameters)
    groups = tuple(facet_groups(result, request, address))
    hits = grouped_hits(result)
    shown = shown_words(hits, result)
    reachable = min(result.total + result.followers, DEEPEST)
    answers, removals = answers_for(result, request), tuple(removal_links(request, groups, address))
    page_count = max(1, -(-reachable // request.size))
    return Results(
        query=request.text,
        total=result.total,
        reachable_total=reachable,
        answers=answers,
        hits=tuple(hit_views(hits, result, shown)),
        facets=groups,
        removals=removals,
        understood=understood(result, request, address, doubtful=any(card.guess for card in answers)),
        recognised=tuple(recognised_names(result, address)),
        did_you_mean=did_you_mean(result, address),
        nothing=nothing_of(result, answers, removals),
        notices=tuple(notices(result, shown)),
        sorts=tuple(sort_links(request, address)),
        pages=_numbered_page(request.page, result.total + result.followers, request.size),
        timeline=timeline(result.facets.get(TIME, {}), address),
        map=result_map(result.cells, groups, request.box, address) if request.cells else None,
        detailed_url=address.detailed(),
        save_url=address.save(),
        map_url=address.with_value("xem", MAP),
        inside_url=address.with_value("o", INSIDE) if request.words and not request.inside else "",
        exports=tuple(export_links(address)) if result.total else (),
        reset_url=address.with_only("q"),
        page=request.page,
        page_count=page_count,
    )


def _numbered_page(number: int, total: int, size: int) -> Page:
    """The page as every list has it, so that all print their numbers with one template. Its rows are not used."""
    paginator = ListPaginator((), size, total, DEEPEST)
    return Page(range(0), min(number, paginator.num_pages), paginator)
