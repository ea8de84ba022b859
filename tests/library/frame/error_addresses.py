"""The site's addresses, and one that fails in the way that it names."""

from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import path
from django.views.decorators.csrf import csrf_protect

from library import urls

FAULTS = {"403": PermissionDenied, "404": Http404, "500": RuntimeError}
handler400 = urls.handler400


@csrf_protect
def fail(request: HttpRequest, fault: str) -> None:
    request.POST.get("x")
    raise FAULTS[fault]


urlpatterns = [*i18n_patterns(path("thu-loi/<fault>/", fail), prefix_default_language=False), *urls.urlpatterns]
