"""The readers' pages: which bulletins there are, and each with its sound, what is said in it, and its file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from library.pages.paging import page_of
from library.pages.views.public_view import public_page
from library.vocabularies.models import AdminUnit
from media_pipeline.delivery.file_view import respond

from ..access import PLACES, heard, of_place, on_air
from ..models import Bulletin
from ..presentation import content_of, feed_of, full_name, shown

ON_A_PAGE = 20


@public_page
def bulletin_list(request: HttpRequest) -> HttpResponse:
    """The bulletins that may be heard, the newest first; ``noi`` narrows them to what a place listens to."""
    unit = _place(request.GET.get("noi", ""))
    page = page_of(of_place(on_air(), unit) if unit else on_air(), request, ON_A_PAGE)
    told = {
        "page": page,
        "bulletins": [shown(bulletin) for bulletin in heard(page.object_list)],
        "place": full_name(unit) if unit else "",
        "feed": feed_of(unit) if unit else reverse("bulletins-feed"),
    }
    return render(request, "bulletins/index.html", told)


@public_page
def bulletin_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One bulletin: 410 where it is not on air any more."""
    bulletin = _heard(pk)
    if bulletin is None:
        return render(request, "bulletins/gone.html", status=410)
    return render(request, "bulletins/bulletin.html", {"shown": shown(bulletin), "feed": feed_of(bulletin.place)})


@public_page
def bulletin_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Its MP3; single ranges, so that players jump in it."""
    bulletin = _heard(pk)
    if bulletin is None:
        return HttpResponse(_("Bản tin này không còn phát."), status=410, content_type="text/plain; charset=utf-8")
    return respond(request, content_of(bulletin), public=False)


def _heard(pk: int) -> Bulletin | None:
    """The bulletin, if it may be heard now; None where it was on air once. Raises Http404 for one that never was."""
    bulletin = get_object_or_404(Bulletin.objects.exclude(first_published_at=None), pk=pk)
    return next(iter(heard(on_air().filter(pk=bulletin.pk))), None)


def _place(key: str) -> AdminUnit | None:
    if not key:
        return None
    units = AdminUnit.objects.filter(level__in=PLACES, valid_to=None).select_related("parent")
    unit = units.filter(pk=key).first() if key.isascii() and key.isdigit() and len(key) < 12 else None
    if unit is None:
        raise Http404(_("Không có tỉnh, xã này."))
    return unit
