"""Says at the foot of every public page what the page weighs on the wire: measured on the answer itself, never guessed."""

import gzip
from collections.abc import Callable
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from .styles import STYLESHEET

PLACE = b"<!--page-weight-->"


class PageWeightMiddleware:
    """Fills the place that the footer leaves. Stands inside GZipMiddleware, so that it sees the page before it is packed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and PLACE in response.content:
            packed = "gzip" in request.headers.get("Accept-Encoding", "")
            size = len(gzip.compress(response.content, 6)) if packed else len(response.content)
            response.content = response.content.replace(PLACE, weight_line(size).encode())
        return response


def weight_line(size: int) -> str:
    """The sentence of the footer for a page of so many bytes."""
    words = _("Trang này nặng %(page)s KB; kiểu chữ và hoa văn chung %(styles)s KB, chỉ tải một lần.")
    apart = _("Ảnh, tiếng và phim ghi dung lượng riêng.")
    return f"<p>{words % {'page': _kilobytes(size), 'styles': _kilobytes(_styles())}} {apart}</p>"


def _kilobytes(size: int) -> str:
    return number_format(max(1, round(size / 1000)))


@cache
def _styles() -> int:
    return len(gzip.compress(STYLESHEET.read_bytes(), 9))
