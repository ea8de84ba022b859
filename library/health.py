"""Health checks: what works, what is missing, and the effect on the site. Used by ``doctor``, /readyz and the admin's first page."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from smtplib import SMTPException
from typing import TypedDict

from django.conf import settings
from django.core.cache import cache
from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.db import DatabaseError, connection, transaction
from django.db.transaction import non_atomic_requests
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.formats import number_format
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

LOW_DISK_BYTES = 500_000_000
#: Takes a write lock and changes no row: it fails where nothing can be written.
WRITE_NOTHING = "UPDATE django_migrations SET name = name WHERE id < 0"


class Check(TypedDict):
    """The result of one check: ``status`` is ok, missing (something optional), failed or off; ``effect`` is what the site loses."""

    name: str
    status: str
    detail: str
    effect: str


def run_checks(names: Iterable[str] = ()) -> list[Check]:
    """Every check of the project and of the packages named in the setting DOCTOR_CHECKS."""
    return [database(), *reading_checks(names or settings.DOCTOR_CHECKS)]


def reading_checks(names: Iterable[str]) -> list[Check]:
    """The checks that change nothing in the database and take no lock: a page may ask for them beside a writer."""
    checks: list[Check] = [free_disk()]
    for dotted in names:
        package_checks: Callable[[], list[Check]] = import_string(dotted)
        try:
            checks += package_checks()
        except DatabaseError as error:
            effect = _("Không biết phần này có chạy không: cơ sở dữ liệu không trả lời.")
            checks.append(Check(name=dotted.partition(".")[0], status="failed", detail=str(error), effect=effect))
    return checks


def database() -> Check:
    """Whether the database can be written: a write lock is taken and given back, and nothing is changed."""
    effect = _("Trang web không lưu được gì.")
    try:
        with _without_waiting(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(WRITE_NOTHING)
    except DatabaseError as error:
        if "locked" not in str(error):  # SQLite: somebody else writes now, so it can be written
            return Check(name="database", status="failed", detail=str(error), effect=effect)
    return Check(name="database", status="ok", detail=connection.vendor, effect="")


@contextmanager
def _without_waiting() -> Iterator[None]:
    """Wait for no other writer of SQLite: that there is one is the answer. PostgreSQL's query here never waits."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {int(usual)}")


def free_disk() -> Check:
    """Whether there is room for uploads and the database."""
    free = shutil.disk_usage(settings.VAR_DIR if settings.VAR_DIR.exists() else settings.BASE_DIR).free
    detail = _("còn trống %(gigabytes)s GB") % {"gigabytes": number_format(free / 1e9, 1)}
    if free < LOW_DISK_BYTES:
        return Check(name="disk", status="failed", detail=detail, effect=_("Tải tệp lên và xử lý tệp sẽ phải chờ."))
    return Check(name="disk", status="ok", detail=detail, effect="")


def doctor() -> list[Check]:
    """What is only asked by a person."""
    return [mail_server(), shared_cache()]


def shared_cache() -> Check:
    """Whether Redis keeps what it is given. Without it the site goes on (``library/caching/shared.py``)."""
    if not settings.REDIS_URL:
        return Check(name="shared cache", status="off", detail="", effect="")
    cache.set("doctor", "kept", 10)
    if cache.get("doctor") == "kept":
        return Check(name="shared cache", status="ok", detail="redis", effect="")
    effect = _("Trang web vẫn chạy, chậm hơn một chút; mỗi máy tự đếm số yêu cầu của người đọc.")
    return Check(name="shared cache", status="failed", detail=_("Redis không trả lời"), effect=effect)


def mail_server() -> Check:
    """Whether the mail server lets us in. No mail is sent (``manage.py sendtestemail`` does)."""
    mail = get_connection()
    if not isinstance(mail, EmailBackend):
        return Check(name="mail", status="off", detail=settings.EMAIL_BACKEND.rpartition(".")[0], effect="")
    server = f"{mail.host}:{mail.port}"
    try:
        mail.open()
    except (SMTPException, OSError) as error:
        effect = _("Không gửi được thư: mời người dùng, đổi mật khẩu, báo việc duyệt, tìm kiếm đã lưu.")
        return Check(name="mail", status="failed", detail=f"{server}: {error}", effect=effect)
    finally:
        with suppress(SMTPException, OSError):  # also after a refused login: the connection is open then
            mail.close()
    return Check(name="mail", status="ok", detail=server, effect="")


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
