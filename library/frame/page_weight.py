"""Packs public pages and says at their foot what they weigh on the wire: measured on the answer itself, never guessed.

Only pages with the footer are packed here: Django's GZipMiddleware would also pack media streams and break their ranges.
"""

import gzip
from collections.abc import Callable
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.formats import number_format
from django.utils.text import compress_string
from django.utils.translation import gettext as _

from .styles import STYLESHEET

PLACE = b"<!--page-weight-->"
NOISE = 100  # bytes of random length in the header of the packed page, against guessing secrets from sizes (BREACH)


class PageWeightMiddleware:
    """Fills the place that the footer leaves, and packs the page for browsers that can unpack it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and PLACE in response.content:
            patch_vary_headers(response, ("Accept-Encoding",))
            _weigh(response, "gzip" in request.headers.get("Accept-Encoding", ""))
        return response


def weight_line(size: int) -> str:
    """The sentence of the footer for a page of so many bytes."""
    words = _("Trang này nặng %(page)s KB; kiểu chữ và hoa văn chung %(styles)s KB, chỉ tải một lần.")
    apart = _("Ảnh, tiếng và phim ghi dung lượng riêng.")
    return f"<p>{words % {'page': _kilobytes(size), 'styles': _kilobytes(_styles())}} {apart}</p>"


def _weigh(response: HttpResponse, packed: bool) -> None:
    size = len(compress_string(response.content)) if packed else len(response.content)
    body = response.content.replace(PLACE, weight_line(size).encode())
    if packed:
        body = compress_string(body, max_random_bytes=NOISE)
        response.headers["Content-Encoding"] = "gzip"
    response.content = body
    response.headers["Content-Length"] = str(len(body))


def _kilobytes(size: int) -> str:
    return number_format(max(1, round(size / 1000)))


@cache
def _styles() -> int:
    return len(gzip.compress(STYLESHEET.read_bytes(), 9))
