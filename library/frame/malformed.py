"""Answers 400 to a request that no page of ours makes: control characters in its values, values that no field can hold, rows cut short.

Without it such a request ends as an error of the library: PostgreSQL keeps no NUL, SQLite no number over 64 bits, and a form of Wagtail
reads the number of its rows from the request.
"""

import logging
import re
from collections.abc import Callable, Iterator
from traceback import walk_tb

from django.core.exceptions import BadRequest, ValidationError
from django.db import DataError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.datastructures import MultiValueDictKeyError

logger = logging.getLogger(__name__)

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")  # tab and line feeds are text
NUL = "\0"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
#: Errors that mean "the request", wherever they are raised.
OF_THE_REQUEST = (BadRequest, DataError, OverflowError, MultiValueDictKeyError)
#: Functions of Django and Wagtail that turn a value of the request into a value of ours; an error inside them is the request's.
READERS_OF_VALUES = {"value_from_datadict", "get_prep_value", "to_python"}
OF_A_VALUE = (ValueError, TypeError, KeyError, ValidationError)


class MalformedRequestMiddleware:
    """Looks at address, parameters and cookies before anything reads them, and at the fields of a form before its view does."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        words = [request.path, *_words(request.GET), *request.COOKIES.values()]
        return refuse(request) if any(map(CONTROL.search, words)) else self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """Fields may hold line breaks of any program, which forms clean; only NUL is refused."""
        if request.method != "POST" or request.content_type not in FORMS:
            return None
        return refuse(request) if any(NUL in word for word in _words(request.POST)) else None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The answer where the request is at fault; None where the library is."""
        if not is_of_request(exception):
            return None
        logger.warning("Malformed request %s %s", request.method, request.path, exc_info=exception)
        return refuse(request)


def is_of_request(exception: BaseException) -> bool:
    """Whether a value of the request is at fault, and not the library."""
    if isinstance(exception, OF_THE_REQUEST):
        return True
    if not isinstance(exception, OF_A_VALUE):
        return False
    return any(frame.f_code.co_name in READERS_OF_VALUES for frame, _line in walk_tb(exception.__traceback__))


def refuse(request: HttpRequest) -> HttpResponse:
    """The page for what cannot be read, in the reader's language."""
    return render(request, "400.html", status=400)


def _words(parameters: QueryDict) -> Iterator[str]:
    for name, values in parameters.lists():
        yield name
        yield from values
