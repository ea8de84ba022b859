"""The search page, its export, and the JSON for scripts. They only read; the access rule is asked by what they call."""

from dataclasses import asdict

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from library.pages.views.public_view import public_page, request_viewer

from .asking.find import SearchUnavailable, find, find_all
from .facets import facet_by_param
from .pages.detailed import filter_lists
from .pages.facet_values import values_beginning
from .pages.start import start_page
from .pages.suggestions import suggestions
from .quality import zero_results
from .request import SearchForm
from .results.export import CONTENT_TYPES, file_chunks
from .results.results import results_of

LONGEST_TYPED = 100  # characters
COME_AGAIN = 120  # seconds, while no engine answers


@public_page
def search_page(request: HttpRequest) -> HttpResponse:
    """Results of a search, with facets, or the place to start from.

    400 for what cannot be asked, 404 beyond the last page, 503 while no engine answers.
    """
    form = SearchForm(request.GET)
    if not form.is_valid():
        return _page(request, form, status=400, lists=filter_lists(request.GET, request_viewer(request)))
    search = form.request()
    if search.asks_nothing:
        context = {"top_class": "top--flush top--home", "start": start_page(request_viewer(request))}
        return render(request, "search/start.html", context)
    try:
        result = find(search, request_viewer(request))
    except SearchUnavailable:
        return _unavailable(request, form)
    if search.page > 1 and search.offset >= result.total + result.followers:
        raise Http404(_("Danh sách không có trang này."))
    results = results_of(result, search, request.GET)
    if not result.total and not results.answers:
        zero_results.note(result.reading, search)
    return _page(request, form, results=results)


@public_page
def detailed_page(request: HttpRequest) -> HttpResponse:
    """The whole form of the detailed search."""
    context = {"form": SearchForm(request.GET), "lists": filter_lists(request.GET, request_viewer(request))}
    return render(request, "search/detailed/page.html", context)


@public_page
def export(request: HttpRequest, format_code: str) -> HttpResponse:
    """All that a search finds, as far as paging reaches, as a file. Errors are answered as on the search page."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return _page(request, form, status=400)
    viewer = request_viewer(request)
    try:
        ids, total = find_all(form.request(), viewer)
    except SearchUnavailable:
        return _unavailable(request, form)
    # Made whole before it is sent (at most DEEPEST records): a slow reader holds neither a turn of the limits nor the database.
    answer = HttpResponse(file_chunks(format_code, ids, viewer), content_type=CONTENT_TYPES[format_code])
    answer["Content-Disposition"] = f'attachment; filename="tim-kiem-{timezone.localdate():%Y%m%d}.{format_code}"'
    answer["X-Total-Count"] = str(total)
    return answer


@public_page
def facet_values(request: HttpRequest, param: str) -> JsonResponse:
    """Values of a facet that begin like ``tim``, with their counts for this search, as JSON for the list's own field."""
    parameters = request.GET.copy()
    typed = (parameters.pop("tim", None) or [""])[-1][:LONGEST_TYPED]
    facet, form = facet_by_param(param), SearchForm(parameters)
    if facet is None or not form.is_valid():
        raise Http404
    try:
        values = values_beginning(facet, typed, form.request(), request_viewer(request))
    except SearchUnavailable:
        values = []
    return JsonResponse({"values": [asdict(value) for value in values]})


@public_page
def opensearch(request: HttpRequest) -> HttpResponse:
    """How a browser asks this search from its own bar (OpenSearch 1.1)."""
    context = {
        "site": settings.SITE_URL,
        "name": _("Thư viện 54"),  # at most 16 characters
        "description": _("Tìm trong Thư viện số Văn hóa các dân tộc Việt Nam"),
    }
    return render(request, "search/opensearch.xml", context, content_type="application/opensearchdescription+xml")


@public_page
def suggest(request: HttpRequest) -> JsonResponse:
    """Names and titles that begin like ``q``, as JSON for the field's script."""
    typed = request.GET.get("q", "")[:LONGEST_TYPED]
    return JsonResponse({"offers": [asdict(suggestion) for suggestion in suggestions(typed, request_viewer(request))]})


def _unavailable(request: HttpRequest, form: SearchForm) -> HttpResponse:
    """The page while no engine answers."""
    answer = _page(request, form, status=503, unavailable=True, minutes=COME_AGAIN // 60)
    answer["Retry-After"] = str(COME_AGAIN)
    return answer


def _page(request: HttpRequest, form: SearchForm, status: int = 200, **context: object) -> HttpResponse:
    return render(request, "search/results.html", {"form": form, "search_words": request.GET.get("q", ""), **context}, status=status)
