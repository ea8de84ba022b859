"""The service worker, the manifest, what is kept, and the page for an address that cannot be reached."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import condition

from library.pages.views.public_view import public_page

from .manifest import manifest
from .worker import build, worker


@public_page
@condition(etag_func=lambda request: f'"{build()}"')
def worker_script(request: HttpRequest) -> HttpResponse:
    """The service worker of the whole site. Browsers ask each time whether it changed, and get a few bytes when it did not."""
    headers = {"Service-Worker-Allowed": "/", "Cache-Control": "no-cache"}
    return HttpResponse(worker(), content_type="text/javascript; charset=utf-8", headers=headers)


@public_page
def web_manifest(request: HttpRequest) -> JsonResponse:
    """The manifest in the language of its address."""
    return JsonResponse(manifest(), content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


@public_page
def kept_page(request: HttpRequest) -> HttpResponse:
    """What this browser keeps: a script fills the list, the server knows nothing of it."""
    return render(request, "offline/kept.html")


@public_page
def unreachable_page(request: HttpRequest) -> HttpResponse:
    """What the service worker shows in the place of a page that it cannot reach and does not have."""
    return render(request, "offline/unreachable.html")
