"""/metrics gives numbers to this machine or to whoever has the token, and to nobody else."""

import re

import pytest
from django.test import Client
from django.urls import reverse

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


def test_without_a_token_only_the_machine_itself_may_ask(main):
    assert _get().status_code == 200
    assert _get(address="203.0.113.9").status_code == 404
    assert _get(**{"x-forwarded-for": "127.0.0.1"}).status_code == 404


def test_with_a_token_only_its_holder_may_ask(main, settings):
    settings.METRICS_TOKEN = "mot-chuoi-bi-mat"
    assert _get().status_code == 404
    assert _get(authorization="Bearer sai").status_code == 404
    assert _get(authorization="Bearer mot-chuoi-bi-mat", address="203.0.113.9").status_code == 200
