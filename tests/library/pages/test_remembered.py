"""What public pages remember of all records is at most so old, and no reader waits for it while pages are read."""

import threading
from types import SimpleNamespace

import pytest
from django.test import Client

from library.pages import sitemaps
from library.pages.queries import remembered
from library.records.models import Record
from tests.factories import make_record
from tests.library.pages.examples import text
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db


def test_counts_are_remembered_until_a_record_changes(client: Client, settings):
    settings.PUBLIC_COUNTS_SECONDS = 60
    make_record("Một")
    remembered.forget_all()
    assert client.get("/").context["record_count"] == 1
    Record.objects.update(live=False)  # tells nobody
    assert client.get("/").context["record_count"] == 1
    make_record("Hai")
    assert client.get("/").context["record_count"] == 1  # the new one, without the other
    remembered.forget_all()


def test_no_reader_waits_for_what_is_asked_anew_while_pages_are_read(settings, monkeypatch: pytest.MonkeyPatch):
    settings.PUBLIC_COUNTS_SECONDS = 60
    now, askers, may_answer = [1_000.0], [], threading.Event()

    def ask() -> int:
        askers.append(threading.current_thread())
        assert len(askers) != 2 or may_answer.wait(60)
        return len(askers)

    monkeypatch.setattr(remembered, "time", SimpleNamespace(monotonic=lambda: now[0]))
    numbers = remembered.Remembered(ask)
    assert numbers.value() == 1
    now[0] += 31
    assert numbers.value() == 1  # the last answer; a thread of its own asks
    may_answer.set()
    wait_until(lambda: numbers.value() == 2)
    assert [asker is threading.main_thread() for asker in askers] == [True, False]
    now[0] += 61  # nobody has read for a minute: older than it may be
    assert numbers.value() == 3 and askers[-1] is threading.main_thread()


def test_what_is_forgotten_while_it_is_asked_is_asked_again(settings):
    settings.PUBLIC_COUNTS_SECONDS = 60
    answers = []

    def ask() -> int:
        if not answers:
            numbers.forget()
        answers.append(len(answers))
        return len(answers)

    numbers = remembered.Remembered(ask)
    assert [numbers.value() for _ in range(3)] == [1, 2, 2]


def test_the_sections_of_the_sitemap_are_remembered_until_a_record_changes(client: Client, settings, monkeypatch: pytest.MonkeyPatch):
    settings.PUBLIC_COUNTS_SECONDS = 60
    monkeypatch.setattr(sitemaps, "SECTION", 1)
    make_record("Một")
    assert text(client.get("/sitemap.xml")).count("sitemap-ban-ghi.xml?p=") == 1
    make_record("Hai")
    assert text(client.get("/sitemap.xml")).count("sitemap-ban-ghi.xml?p=") == 2
    Record.objects.update(live=False)  # tells nobody
    assert text(client.get("/sitemap.xml")).count("sitemap-ban-ghi.xml?p=") == 2
    remembered.forget_all()
    assert text(client.get("/sitemap.xml")).count("sitemap-ban-ghi.xml?p=") == 0
