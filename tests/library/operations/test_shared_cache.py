"""Redis as the cache of all processes: they count together, and a Redis that is gone or silent takes no page with it."""

import logging
import os
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from library.caching.shared import SharedCache
from library.health import shared_cache
from library.request_limits import counts

pytestmark = pytest.mark.django_db

COUNT = """
import django; django.setup()
from library.request_limits.counts import count_request
print(max(count_request(sys.argv[1], lambda: 0.0) for _ in range(50)), flush=True)
"""


@pytest.fixture(autouse=True)
def limited(settings, tmp_path, monkeypatch) -> None:
    settings.REQUEST_LIMITS, settings.REQUEST_LIMITS_DIR, settings.SEARCH_INDEX_DIR = "", tmp_path / "limits", tmp_path / "index"
    monkeypatch.setattr(SharedCache, "silent_until", 0.0)
    monkeypatch.setattr("library.caching.shared.ASKED_AGAIN", 3600)  # however slow the machine is
    call_command("ensure_index", verbosity=0)


def _use(settings, url: str) -> None:
    settings.REDIS_URL = url
    settings.CACHES = {"default": {"BACKEND": "library.caching.shared.SharedCache", "LOCATION": url}}


@pytest.fixture
def silent_redis() -> Iterator[str]:
    """The address of a machine that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"redis://127.0.0.1:{listening.getsockname()[1]}/0"


@pytest.mark.service("redis")
def test_the_processes_of_several_machines_count_one_client_together(settings, redis_url, tmp_path):
    _use(settings, redis_url)
    assert shared_cache()["status"] == "ok"
    who = f"client of {tmp_path}"
    environment = {**os.environ, "REDIS_URL": redis_url, "DJANGO_SETTINGS_MODULE": "library.settings.test"}
    machines = [  # each with a folder of its own: they have only Redis in common
        subprocess.Popen(
            [sys.executable, "-c", f"import sys; {COUNT}", who],
            env={**environment, "LIBRARY_VAR_DIR": str(tmp_path / name)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("one", "two")
    ]
    outputs = [machine.communicate(timeout=600)[0] for machine in machines]
    assert max(map(int, outputs)) == 100
    assert counts.count_request(who, lambda: 0.0) == 101


@pytest.mark.parametrize("place", ["nobody", "silent"])
def test_a_redis_that_does_not_answer_takes_no_page_with_it_and_the_log_says_so(client: Client, settings, silent_redis, caplog, place):
    _use(settings, "redis://127.0.0.1:1/0" if place == "nobody" else silent_redis)
    settings.REQUEST_LIMITS = "search=6/2"
    with caplog.at_level(logging.ERROR, logger="library.caching.shared"):
        assert {client.get(address).status_code for address in ("/", "/tu-lieu/", "/lich-le-hoi/", "/admin/login/", "/healthz")} == {200}
        statuses = [client.get("/tim-kiem/", {"q": "hội"}).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]  # counted on this machine
    assert [record.name for record in caplog.records] == ["library.caching.shared"]
    assert shared_cache()["status"] == "failed"


def test_without_redis_the_cache_is_empty_and_takes_everything(settings):
    _use(settings, "redis://127.0.0.1:1/0")
    cache.set("a", 1)
    cache.set_many({"a": 1})
    cache.delete("a")
    cache.delete_many(["a"])
    assert (cache.get("a"), cache.get("a", 2), cache.get_many(["a"]), cache.has_key("a")) == (None, 2, {}, False)
    assert (cache.add("a", 1), cache.touch("a"), cache.get_or_set("a", lambda: 3)) == (False, False, 3)
    with pytest.raises(ValueError, match="does not answer"):
        cache.incr("a")


@pytest.mark.service("redis")
def test_redis_is_asked_again_when_it_is_back(settings, redis_url, monkeypatch):
    _use(settings, "redis://127.0.0.1:1/0")
    cache.set("a", 1)
    _use(settings, redis_url)
    assert cache.get("a") is None  # not asked yet
    monkeypatch.setattr(SharedCache, "silent_until", 0.0)  # later
    cache.set("a", 1, 10)
    assert cache.get("a") == 1
