"""/metrics gives numbers to this machine or to whoever has the token, and to nobody else."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from media_pipeline.models import MediaJob
from tests.factories import make_record

pytestmark = pytest.mark.django_db
LINE = re.compile(r'[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.e+-]+')


def _get(**headers: str) -> Client:
    return Client(REMOTE_ADDR=headers.pop("address", "127.0.0.1")).get(reverse("metrics"), headers=headers)


def test_numbers_of_queue_index_storage_and_disk_are_given_in_the_format_of_prometheus(main, add_record):
    add_record("Hội Gióng", "red")
    MediaJob.objects.update(state=MediaJob.State.FAILED)
    make_record("Hội Lim")
    text = _get().content.decode()
    lines = [line for line in text.splitlines() if not line.startswith("# TYPE ")]
    assert all(LINE.fullmatch(line) for line in lines), lines
    for name in ("media_oldest_queued_seconds", "index_pending_changes", "index_lag_seconds", "disk_free_bytes", "database_bytes"):
        assert f"library_{name}" in text
    assert 'library_records{live="yes"} 2' in lines
    assert any(line.startswith('library_media_jobs{state="failed",kind="image"} ') for line in lines)
    assert any(line.startswith('library_stored_bytes{area="original"') for line in lines)
    names = [line.partition("{")[0].partition(" ")[0] for line in lines]
    assert names == sorted(names, key=names.index)  # samples of one name stand together
    assert "Hội" not in text


def _value(name: str) -> float:
    (line,) = [line for line in _get().content.decode().splitlines() if line.startswith(name)]
    return float(line.rpartition(" ")[2])


def test_work_whose_worker_died_and_that_nobody_took_back_counts_as_waiting(main, add_record):
    add_record("Hội Gióng", "red")
    assert _value("library_media_oldest_queued_seconds") == 0
    an_hour_ago = timezone.now() - timedelta(hours=1)
    MediaJob.objects.update(state=MediaJob.State.RUNNING, lease_until=an_hour_ago, created_at=an_hour_ago)
    assert _value("library_media_oldest_queued_seconds") >= 3600


def test_a_task_of_wagtail_that_nobody_carries_out_is_told(main):
    assert _value("library_tasks_oldest_waiting_seconds") == 0
    DBTaskResult.objects.create(args_kwargs={}, task_path="no.task", backend_name="default", run_after=timezone.now() - timedelta(days=1))
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(hours=2))
    assert _value("library_tasks_oldest_waiting_seconds") >= 7200


def test_without_a_token_only_the_machine_itself_may_ask(main):
    assert _get().status_code == 200
    assert _get(address="203.0.113.9").status_code == 404
    assert _get(**{"x-forwarded-for": "127.0.0.1"}).status_code == 404


def test_with_a_token_only_its_holder_may_ask(main, settings):
    settings.METRICS_TOKEN = "mot-chuoi-bi-mat"
    assert _get().status_code == 404
    assert _get(authorization="Bearer sai").status_code == 404
    assert _get(authorization="Bearer mot-chuoi-bi-mat", address="203.0.113.9").status_code == 200
