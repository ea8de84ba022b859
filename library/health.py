"""Health checks: what works, what is missing, and the effect on the site. Used by ``doctor``, /readyz and the admin's first page."""

import shutil
from collections.abc import Callable, Iterable
from typing import TypedDict

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.transaction import non_atomic_requests
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

LOW_DISK_BYTES = 500_000_000


class Check(TypedDict):
    """The result of one check: ``status`` is ok, missing (something optional), failed or off; ``effect`` is what the site loses."""

    name: str
    status: str
    detail: str
    effect: str


def run_checks(names: Iterable[str] = ()) -> list[Check]:
    """Every check of the project and of the packages named in the setting DOCTOR_CHECKS."""
    checks: list[Check] = [database(), free_disk()]
    for dotted in names or settings.DOCTOR_CHECKS:
        package_checks: Callable[[], list[Check]] = import_string(dotted)
        checks += package_checks()
    return checks


def database() -> Check:
    """Whether the database answers a query."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return Check(name="database", status="failed", detail=str(error), effect=_("Trang web không đọc và không lưu được gì."))
    return Check(name="database", status="ok", detail=connection.vendor, effect="")


def free_disk() -> Check:
    """Whether there is room for uploads and the database."""
    free = shutil.disk_usage(settings.VAR_DIR if settings.VAR_DIR.exists() else settings.BASE_DIR).free
    detail = _("còn trống %(gigabytes).1f GB") % {"gigabytes": free / 1e9}
    if free < LOW_DISK_BYTES:
        return Check(name="disk", status="failed", detail=detail, effect=_("Tải tệp lên và xử lý tệp sẽ phải chờ."))
    return Check(name="disk", status="ok", detail=detail, effect="")


@require_safe
@never_cache
@non_atomic_requests
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: this process answers. Checks nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
@non_atomic_requests
def readyz(request: HttpRequest) -> JsonResponse:
    """Ready: database, search, queue, storage and disk were tried. Answers 503 when a check failed; the body names every check."""
    checks = run_checks(settings.READINESS_CHECKS)
    failed = [check["name"] for check in checks if check["status"] == "failed"]
    body = {"ready": not failed, "checks": {check["name"]: check["status"] for check in checks}}
    return JsonResponse(body, status=503 if failed else 200)
