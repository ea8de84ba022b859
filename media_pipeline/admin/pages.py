"""The admin page for the text of a document: one page at a time, its picture beside its text."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from ..available_renditions import derivative_url, page_of
from ..models import Derivative, TextTrack
from ..tracks import editing
from ..tracks.export import fingerprint

OVERTAKEN = 409
OVERTAKEN_WORDS = gettext_lazy(
    "Có người đã lưu lời này trong lúc bạn sửa. Lời của bạn chưa được lưu; hãy so với lời đang lưu ở dưới rồi bấm lưu lần nữa."
)


def edit_page(request: HttpRequest, track: TextTrack) -> HttpResponse:
    """The text of the page ``?trang=``; saving opens the next page. An invalid number opens the nearest page."""
    page = Paginator(range(1, (track.asset.pages or 1) + 1), 1).get_page(request.GET.get("trang"))
    stored = track.segments.filter(page=page.number).values_list("text", flat=True).first() or ""
    loaded = fingerprint(stored.encode())
    overtaken = request.POST.get("loaded", loaded) != loaded  # somebody else has saved this page since it was opened
    if request.method == "POST" and not overtaken:
        editing.rewrite_page(track, page.number, request.POST.get("words", ""), user=request.user)
        messages.success(request, _("Đã lưu trang %(page)d.") % {"page": page.number})
        following = page.next_page_number() if page.has_next() else page.number
        return redirect(f"{reverse('media_admin:track', args=[track.pk])}?trang={following}")
    context = {
        "track": track,
        "page": page,
        "words": request.POST.get("words", "") if overtaken else stored,
        "loaded": loaded,
        "stored_words": stored if overtaken else "",
        "problems": [OVERTAKEN_WORDS] if overtaken else [],
        "picture": _picture(track, page.number),
        "page_title": str(track),
        "page_subtitle": track.asset.display_name,
    }
    return TemplateResponse(request, "media_pipeline/page_track.html", context, status=OVERTAKEN if overtaken else 200)


def _picture(track: TextTrack, number: int) -> str:
    """The address of the page's largest JPEG, which every browser shows; empty while there is none."""
    pictures = [each for each in track.asset.current if each.role == Derivative.Role.PAGE and each.mime == "image/jpeg"]
    of_page = [each for each in pictures if page_of(each) == number]
    return derivative_url(track.asset, max(of_page, key=lambda each: each.width or 0)) if of_page else ""
