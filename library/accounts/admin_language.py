"""The language of the admin before somebody has signed in, and of mails to one person. The admin has no addresses of its own in English.

Somebody chooses with ``?lang=en`` in any address of the admin; a cookie remembers it. The profile of a person, where it names a
language, goes before it: Wagtail reads that after the sign-in.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

PARAMETER = "lang"


class AdminLanguageMiddleware:
    """Stands after Django's LocaleMiddleware, which knows the language by the address alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(settings.ADMIN_PREFIX):
            return self.get_response(request)
        choice = request.GET.get(PARAMETER)
        language = _known(choice) or _known(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)) or settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        if _known(choice):
            remember_language(response, language)
        return response


def remember_language(response: HttpResponseBase, language: str) -> None:
    """Makes the admin speak this language in the browser that gets the response."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )


def language_of(person: Any) -> str:
    """The language that the person's profile names, else the one that is spoken now."""
    profile = getattr(person, "wagtail_userprofile", None)  # no row before the first visit to the own settings
    return _known(profile.preferred_language if profile else "") or translation.get_language() or settings.LANGUAGE_CODE


def _known(code: str | None) -> str:
    """The code, or an empty text when it is no language of the library."""
    return code if code in dict(settings.LANGUAGES) else ""  # type: ignore[return-value]
