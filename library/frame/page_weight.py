"""Compresses public pages and writes into their footer how many bytes are sent: the size is measured on the response itself.

Only pages with the footer are compressed here: Django's GZipMiddleware would also compress media streams and break range requests.
"""

import gzip
import io
import re
import secrets
import zlib
from collections.abc import Callable
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.formats import number_format

from .styles import STYLESHEET

PLACEHOLDER = b"<!--page-weight-->"
INDENTATION = re.compile(rb"\n\s+")  # templates are indented for people who edit them; browsers need none of it
PREFORMATTED = re.compile(rb"(<(?P<element>pre|textarea)\b.*?</(?P=element)>)", re.DOTALL)
NOISE = 100  # up to so many random letters in the gzip header, so that sizes do not reveal secrets (BREACH attack)


class PageWeightMiddleware:
    """Replaces the placeholder in the footer, and compresses the page for browsers that accept gzip."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and PLACEHOLDER in response.content:
            patch_vary_headers(response, ("Accept-Encoding",))
            _write_weight(response, "gzip" in request.headers.get("Accept-Encoding", ""))
        return response


def weight_line(size: int) -> str:
    """The paragraph of the footer for a page of ``size`` bytes, as HTML."""
    return render_to_string("frame/page_weight.html", {"page": _kilobytes(size), "styles": _kilobytes(_styles()), "bytes": size}).strip()


def without_indentation(page: bytes) -> bytes:
    """The page with one line feed in the place of empty lines and of spaces that begin a line; elements that show spaces are kept."""
    parts, end = [], 0
    for element in PREFORMATTED.finditer(page):
        parts += [INDENTATION.sub(b"\n", page[end : element.start()]), element.group()]
        end = element.end()
    return b"".join([*parts, INDENTATION.sub(b"\n", page[end:])])


def _write_weight(response: HttpResponse, gzipped: bool) -> None:
    head, _placeholder, tail = without_indentation(response.content).partition(PLACEHOLDER)
    if gzipped:
        body = _compressed(head, tail)
        response.headers["Content-Encoding"] = "gzip"
    else:
        body = b"".join([head, weight_line(len(head) + len(tail)).encode(), tail])
    response.content = body
    response.headers["Content-Length"] = str(len(body))


def _compressed(head: bytes, tail: bytes) -> bytes:
    """The page with its weight, compressed once: the size is looked at before the sentence, which stands near the end."""
    packed = io.BytesIO()
    noise = secrets.token_hex(secrets.randbelow(NOISE // 2) + 1)
    with gzip.GzipFile(filename=noise, mode="wb", compresslevel=6, fileobj=packed, mtime=0) as archive:
        archive.write(head)
        archive.flush(zlib.Z_SYNC_FLUSH)
        size = packed.tell() - len(noise) + len(zlib.compress(tail))
        archive.write(weight_line(size).encode() + tail)
    return packed.getvalue()


def _kilobytes(size: int) -> str:
    return number_format(max(1, round(size / 1000)))


@cache
def _styles() -> int:
    return len(gzip.compress(STYLESHEET.read_bytes(), 9))
