"""What costs much is limited: how many run at once over all processes, how often one client asks; the rest of the site stays open."""

import multiprocessing
import os
import signal
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver, reverse

from library.request_limits import counts
from library.request_limits.file_locks import FileLock
from library.request_limits.table import LIMITS, limits
from library.request_limits.turns import take_turn
from tests.factories import make_record
from tests.library.test_entry_points import _names

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def limited(db, settings, tmp_path):
    settings.REQUEST_LIMITS, settings.REQUEST_LIMITS_DIR, settings.REDIS_URL = "", tmp_path / "limits", ""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    call_command("ensure_index", verbosity=0)


def _export(client: Client, **headers):
    return client.get(reverse("search-export", args=["json"]), {"q": "hội"}, **headers)


def test_every_line_of_the_table_names_addresses_of_the_site():
    named = [address for limit in LIMITS.values() for address in limit.addresses]
    assert len(named) == len(set(named))
    of_staff = {name for name in named if ":" in name}
    assert set(named) - of_staff <= set(_names(get_resolver().url_patterns))
    spaces = get_resolver().namespace_dict
    assert all(name in spaces[space][1].reverse_dict for space, _colon, name in (each.partition(":") for each in of_staff))


def test_a_client_that_asks_too_often_is_told_when_to_come_again_and_others_are_served(client, settings):
    settings.REQUEST_LIMITS = "export=0/3"
    statuses = [_export(client).status_code for _ in range(3)]
    assert statuses == [200, 200, 200]
    refused = _export(client)
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert refused["Cache-Control"] == "no-store"
    assert "Xin chờ một chút" in refused.content.decode()
    assert "Please wait a moment" in client.get("/en/tim-kiem/xuat/json/").content.decode()
    assert _export(client, REMOTE_ADDR="198.51.100.7").status_code == 200
    assert client.get("/").status_code == client.get("/healthz").status_code == 200


def test_codes_of_invitations_cannot_be_tried_by_the_thousand(client):
    address = reverse("accept-invitation", args=["khong-co-ma-nay"])
    statuses = [client.get(address).status_code for _ in range(LIMITS["invitations"].a_minute + 1)]
    assert 429 not in statuses[:-1]
    assert client.get(address).status_code == statuses[-1] == 429


def test_the_machines_of_one_ipv6_customer_are_one_client(client, settings):
    settings.REQUEST_LIMITS = "export=0/1"
    statuses = [_export(client, REMOTE_ADDR=address).status_code for address in ("2001:db8:1:2::1", "2001:db8:1:2::2", "2001:db8:1:3::1")]
    assert statuses == [200, 429, 200]


def test_a_disk_that_holds_no_counts_keeps_no_reader_out(client, settings, tmp_path):
    settings.REQUEST_LIMITS_DIR = tmp_path / "no folder"
    settings.REQUEST_LIMITS_DIR.write_bytes(b"")
    assert client.get("/tu-lieu/").status_code == 200


def test_a_minute_later_the_client_may_ask_again():
    moments = iter([0.0, 59.0, 60.0])
    assert [counts.count_request("client", lambda: next(moments)) for _ in range(3)] == [1, 2, 1]


def test_clients_are_counted_apart_and_processes_together():
    assert [counts.count_request("one"), counts.count_request("two"), counts.count_request("one")] == [1, 1, 2]
    with multiprocessing.get_context("fork").Pool(2) as pool:
        pool.map(counts.count_request, ["one"] * 40)
    assert counts.count_request("one") == 43


def test_when_all_turns_are_taken_the_next_is_told_so_at_once_in_words_or_for_scripts(client, settings):
    settings.REQUEST_LIMITS = "export=2/0,suggest=1/0"
    turns = [take_turn(settings.REQUEST_LIMITS_DIR, name, 2, 0) for name in ("search-export", "search-export", "search-suggest")]
    assert None not in turns
    refused = _export(client)
    assert (refused.status_code, refused["Retry-After"]) == (503, "5")
    assert "Nhiều người đang dùng việc này cùng lúc" in refused.content.decode()
    assert client.get(reverse("search-suggest"), {"q": "ho"}).json() == {"retry_after": 5}
    assert client.get("/").status_code == client.get("/healthz").status_code == 200
    for turn in turns:
        turn.release()
    assert _export(client).status_code == 200


def test_a_turn_ends_when_the_answer_is_made_however_slowly_it_is_taken_away(client, settings):
    make_record("Hội xuân")
    settings.REQUEST_LIMITS = "export=1/0,feeds=1/0"
    for address in ("/tim-kiem/xuat/json/?q=", "/tim-kiem/xuat/csv/?q=", "/sitemap-ban-ghi.xml", "/sitemap.xml", "/moi-dang.atom"):
        kept = [client.get(address) for _ in range(2)]  # nobody has read the first when the second asks
        assert [(answer.status_code, answer.streaming) for answer in kept] == [(200, False)] * 2, address


def test_a_turn_ends_with_the_process_that_had_it(settings):
    hold = "import sys, time; sys.path.insert(0, '.')\nfrom pathlib import Path\nfrom library.request_limits.turns import take_turn\n"
    hold += f"turn = take_turn(Path({str(settings.REQUEST_LIMITS_DIR)!r}), 'x', 1, 0)\nprint('held', flush=True)\ntime.sleep(600)"
    child = subprocess.Popen([sys.executable, "-c", hold], stdout=subprocess.PIPE)
    try:
        assert child.stdout.readline() == b"held\n"
        assert take_turn(settings.REQUEST_LIMITS_DIR, "x", 1, 0) is None
    finally:
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
    assert take_turn(settings.REQUEST_LIMITS_DIR, "x", 1, 0) is not None


def test_an_error_gives_the_turn_back(client, settings, monkeypatch):
    settings.REQUEST_LIMITS = "export=1/0"
    client.raise_request_exception = False
    monkeypatch.setattr("search.views.find_all", lambda *args: 1 / 0)
    assert [_export(client).status_code for _ in range(2)] == [500, 500]


def test_a_setting_changes_a_line_or_takes_all_limits_away():
    assert (limits("export=4/40")["search-export"].at_once, limits("export=4/40")["search-export"].a_minute) == (4, 40)
    assert limits("export=4/40")["search"] == LIMITS["search"]
    assert limits("off") == {}
    for mistake in ("exports=4/40", "export=4", "export=-1/4", "on"):
        with pytest.raises(ImproperlyConfigured, match="REQUEST_LIMITS"):
            limits(mistake)


def test_a_lock_is_released_once(tmp_path):
    lock = FileLock(tmp_path / "lock", wait=False)
    lock.release()
    lock.release()
    assert lock.file == -1
