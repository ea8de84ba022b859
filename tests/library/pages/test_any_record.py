"""One link leads to a record by chance, that the reader may see and can read."""

import pytest
from django.test import Client

from library.pages.queries import any_record
from library.records.models import Record
from library.records.models.identifiers import name_at
from tests.factories import make_community, make_record, make_user

pytestmark = pytest.mark.django_db
ADDRESS = "/tu-lieu/bat-ky/"


def led_to(client: Client) -> set[str]:
    return {client.get(ADDRESS).headers["Location"] for _time in range(12)}


def test_it_leads_only_to_what_the_reader_may_see_and_read(client: Client):
    own = make_community()
    open_to_all, closed = make_record("Chợ phiên"), make_record("Mo Mường", own_access="community", communities=[own])
    Record.objects.filter(pk=make_record("Không lời").pk).update(summary_vi="")
    make_record("Nháp", published=False)
    assert led_to(client) == {open_to_all.get_absolute_url()}
    client.force_login(make_user(communities=(own,)))
    assert led_to(client) <= {open_to_all.get_absolute_url(), closed.get_absolute_url()}


def test_every_record_may_come_and_the_order_of_names_begins_anew_at_its_end(client: Client, monkeypatch: pytest.MonkeyPatch):
    records = sorted((make_record(f"Chợ {number}") for number in range(3)), key=lambda record: record.identifier)
    for record, point in zip((*records, records[0]), (*(each.identifier for each in records), name_at(0.9999999)), strict=True):
        monkeypatch.setattr(any_record, "name_at", lambda _fraction, point=point: point)
        assert led_to(client) == {record.get_absolute_url()}


def test_nobody_keeps_the_answer_and_without_records_it_leads_to_the_list(client: Client):
    answer = client.get(ADDRESS)
    assert (answer.status_code, answer["Location"], answer["X-Robots-Tag"]) == (302, "/tu-lieu/", "noindex")
    assert "no-store" in answer["Cache-Control"]
    assert f'href="{ADDRESS}"' in client.get("/tu-lieu/").content.decode()
    assert client.get(f"/en{ADDRESS}")["Location"] == "/en/tu-lieu/"
