"""A page of results as one frozen value: everything that the template prints."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import QueryDict

from ..answers import AnswerCard, answers_for
from ..asking.find import SearchResult
from ..engines.base import DEEPEST
from ..request import INSIDE, MAP, SearchRequest
from .addresses import Address
from .facet_groups import FacetGroup, facet_groups
from .hits import HitView, hit_views, shown_words
from .links import PageLink, export_links, removal_links, sort_links
from .map import ResultMap, result_map
from .notices import Notice, did_you_mean, notices, recognised_names
from .timeline import Timeline, timeline

TIME = "date"  # the facet that counts decades; a page draws it as a row of bars


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
    recognised: tuple[PageLink, ...]  # peoples and provinces named in the query; each narrows the search to one
    did_you_mean: PageLink | None
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


def results_of(result: SearchResult, request: SearchRequest, parameters: QueryDict) -> Results:
    """The page for what a search found. ``parameters`` are those of its address."""
    address = Address(parameters)
    groups = tuple(facet_groups(result, request, address))
    shown = shown_words(result)
    reachable = min(result.total + result.followers, DEEPEST)
    page_count = max(1, -(-reachable // request.size))
    return Results(
        query=request.text,
        total=result.total,
        reachable_total=reachable,
        answers=answers_for(result, request),
        hits=tuple(hit_views(result, shown)),
        facets=groups,
        removals=tuple(removal_links(request, groups, address)),
        recognised=tuple(recognised_names(result, address)),
        did_you_mean=did_you_mean(result, address),
        notices=tuple(notices(result, shown)),
        sorts=tuple(sort_links(request, address)),
        pages=_numbered_page(request.page, reachable, request.size),
        timeline=timeline(result.facets.get(TIME, {}), address),
        map=result_map(result.cells, result.records.values(), request.box, address) if request.cells else None,
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
    """The page as Django's lists have it, so that every list prints its numbers with one template. Its rows are not used."""
    paginator = Paginator(range(total), size)
    return Page(range(0), min(number, paginator.num_pages), paginator)
