"""The health checks of the site, for machines and for the administrators."""

import re
import sqlite3
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.urls import reverse
from django.utils import timezone

from library import health
from media_pipeline.intake.ingest import ingest
from media_pipeline.models import MediaJob
from search.models import IndexEvent
from tests.factories import make_office, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def index():
    from django.core.management import call_command

    call_command("ensure_index")


def _stale_job(tmp_path):
    path = tmp_path / "a.png"
    from PIL import Image

    Image.new("RGB", (9, 9)).save(path)
    with path.open("rb") as stream:
        ingest(stream, "a.png")
    MediaJob.objects.update(created_at=timezone.now() - timedelta(hours=1))


def test_alive_says_nothing_of_anything_else(client):
    assert client.get("/healthz").content == b"ok\n"


def test_a_database_that_is_away_is_told_by_every_check_that_asks_it(client, monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", away)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"] | {"database": "failed", "media queue": "failed", "search": "failed"} == answer.json()["checks"]


def test_ready_names_what_was_tried(client):
    answer = client.get("/readyz")
    assert answer.status_code == 200, answer.json()
    assert {"database", "disk", "storage", "media queue", "search-outbox"} <= set(answer.json()["checks"])


def test_a_database_that_cannot_be_written_is_not_ready(client, django_db_blocker):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON" if connection.vendor == "sqlite" else "SET default_transaction_read_only = on")
    try:
        answer = client.get("/readyz")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = OFF" if connection.vendor == "sqlite" else "SET default_transaction_read_only = off")
    assert (answer.status_code, answer.json()["checks"]["database"]) == (503, "failed")


def test_a_database_that_somebody_writes_to_is_ready_and_not_waited_for(transactional_db, client):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL locks rows: nothing was tested here")
    writer = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    waits: list[int] = []

    def note_waits(execute, sql, params, many, context):
        waits.extend(map(int, re.findall(r"busy_timeout = (\d+)", sql)))
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(note_waits):
            assert health.database()["status"] == "ok"
    finally:
        writer.close()
    assert waits[0] == 0 and waits[-1] > 0  # as patient as before afterwards


def test_a_queue_that_nobody_works_on_is_not_ready(client, tmp_path):
    _stale_job(tmp_path)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["media queue"] == "failed"


def test_changes_that_reach_no_index_are_not_ready(client):
    IndexEvent.objects.create(kind=IndexEvent.Kind.RECORD, object_id=1, sink="embedded")
    IndexEvent.objects.update(created_at=timezone.now() - timedelta(hours=1))
    assert client.get("/readyz").json()["checks"]["search-outbox"] == "failed"


def test_a_storage_that_cannot_be_written_is_reported_to_administrators(client, settings, tmp_path):
    closed = tmp_path / "file"
    closed.write_text("not a folder")
    settings.MEDIA_STORAGE = str(closed / "media")
    client.force_login(make_user("administrator", make_office("bo")))
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Không nhận được tệp mới, không mở được tệp cũ." in page


def test_when_all_is_well_the_first_page_of_the_admin_shows_no_trouble(client):
    client.force_login(make_user("administrator", make_office("bo")))
    assert "trouble-heading" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_public_sees_nothing_of_it(client):
    assert "storage" not in client.get("/").content.decode()
