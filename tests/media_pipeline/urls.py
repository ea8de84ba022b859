"""Media delivery alone, for tests that need no catalogue."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

urlpatterns = [path("media/", include("media_pipeline.urls"))]


def handler404(request: HttpRequest, exception: Any) -> HttpResponse:
    """No page of the site: it is not here."""
    return HttpResponse(status=404)
