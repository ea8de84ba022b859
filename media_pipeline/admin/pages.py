"""The admin page for the text of a document: one page at a time, its picture beside its text."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from ..available_renditions import derivative_url, page_of
from ..models import Derivative, TextTrack
from ..tracks import editing


def edit_page(request: HttpRequest, track: TextTrack) -> HttpResponse:
    """The text of the page ``?trang=``; saving opens the next page. An invalid number opens the nearest page."""
    page = Paginator(range(1, (track.asset.pages or 1) + 1), 1).get_page(request.GET.get("trang"))
    if request.method == "POST":
        editing.rewrite_page(track, page.number, request.POST.get("words", ""), user=request.user)
        messages.success(request, _("Đã lưu trang %(page)d.") % {"page": page.number})
        following = page.next_page_number() if page.has_next() else page.number
        return redirect(f"{reverse('media_admin:track', args=[track.pk])}?trang={following}")
    words = track.segments.filter(page=page.number).values_list("text", flat=True).first() or ""
    context = {
        "track": track,
        "page": page,
        "words": words,
        "picture": _picture(track, page.number),
        "page_title": str(track),
        "page_subtitle": track.asset.display_name,
    }
    return TemplateResponse(request, "media_pipeline/page_track.html", context)


def _picture(track: TextTrack, number: int) -> str:
    """The address of the page's largest JPEG, which every browser shows; empty while there is none."""
    pictures = [each for each in track.asset.current if each.role == Derivative.Role.PAGE and each.mime == "image/jpeg"]
    of_page = [each for each in pictures if page_of(each) == number]
    return derivative_url(track.asset, max(of_page, key=lambda each: each.width or 0)) if of_page else ""
