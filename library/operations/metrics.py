"""``/metrics`` for Prometheus: numbers of queue, index, storage and disk, in its text format (version 0.0.4).

The numbers come from the packages that the setting METRICS names: functions that give (name, labels, value).
"""

import hmac
import ipaddress
import shutil
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Count, Min
from django.db.transaction import non_atomic_requests
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from background import states
from background.models import WorkState
from library.records.models import Record

Sample = tuple[str, dict[str, str], float]
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
PREFIX = "library_"


@require_safe
@never_cache
@non_atomic_requests
def metrics(request: HttpRequest) -> HttpResponse:
    """Every sample, for whoever has the token; without a token in the settings only for this machine itself."""
    if not _may_ask(request):
        return HttpResponseNotFound("", content_type="text/plain")
    sources: list[Callable[[], Iterable[Sample]]] = [import_string(name) for name in settings.METRICS]
    return HttpResponse(exposition(sample for source in sources for sample in source()), content_type=CONTENT_TYPE)


def _may_ask(request: HttpRequest) -> bool:
    """A request that a web server passed on is not one of this machine, whatever address it has."""
    if settings.METRICS_TOKEN:
        asked_with = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(asked_with.encode(), settings.METRICS_TOKEN.encode())
    if "HTTP_X_FORWARDED_FOR" in request.META:
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def exposition(samples: Iterable[Sample]) -> str:
    """The samples as text; those of one name stand together, as the format asks."""
    by_name: dict[str, list[str]] = {}
    for name, labels, value in samples:
        pairs = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
        by_name.setdefault(PREFIX + name, []).append(f"{PREFIX}{name}{{{pairs}}} {value:.17g}" if pairs else f"{PREFIX}{name} {value:.17g}")
    return "".join(f"# TYPE {name} gauge\n" + "".join(f"{line}\n" for line in lines) for name, lines in by_name.items())


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def site() -> Iterator[Sample]:
    """Records, sessions, background work that fails or stands still, Wagtail's own tasks, disk and database."""
    for row in Record.objects.order_by().values("live").annotate(count=Count("pk")):
        yield "records", {"live": "yes" if row["live"] else "no"}, row["count"]
    yield "sessions", {}, Session.objects.count()
    yield "background_work_failing", {}, states.failing().count()
    for name, host, succeeded_at in WorkState.objects.exclude(succeeded_at=None).values_list("name", "host", "succeeded_at"):
        assert succeeded_at is not None
        yield "background_work_succeeded_timestamp_seconds", {"work": name, "host": host}, succeeded_at.timestamp()
    oldest = DBTaskResult.objects.ready().aggregate(at=Min("enqueued_at"))["at"]
    yield "tasks_oldest_waiting_seconds", {}, (timezone.now() - oldest).total_seconds() if oldest else 0
    yield "disk_free_bytes", {"folder": "var"}, shutil.disk_usage(settings.VAR_DIR).free
    yield "database_bytes", {}, _database_bytes()


def _database_bytes() -> float:
    query = {
        "sqlite": "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
        "postgresql": "SELECT pg_database_size(current_database())",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        row: Any = cursor.fetchone()
    return float(row[0])
