"""Festivals as calendar files: the kept library reads them back, and only what everybody may see is in them."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar, Event

from library.records.festivals.occurrences import last_filled_day
from library.records.models import Record
from library.records.models.choices import AccessLevel
from tests.factories import make_group, make_record
from tests.library.pages.examples import FESTIVAL, text

pytestmark = pytest.mark.django_db
YEARS = range(timezone.localdate().year, last_filled_day().year + 1)


def make_festival(title: str = "Lễ hội Gầu Tào", access: str = AccessLevel.PUBLIC, parts: dict | None = None, **changes: object) -> Record:
    details = [{"type": "festival", "value": FESTIVAL | changes}]
    return make_record(title, record_type="festival", details=details, own_access=access, **parts or {})


def events(client: Client, address: str) -> list[Event]:
    answer = client.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_a_lunar_festival_stands_in_the_file_on_its_day_of_each_year(client: Client):
    festival = make_festival()
    found = events(client, f"/ban-ghi/{festival.identifier}/lich.ics")
    assert [event["UID"] for event in found] == [f"{festival.identifier}-{year}-1" for year in YEARS]
    starts = {event["DTSTART"].dt.isoformat() for event in found}
    assert starts >= {"2027-02-13", "2028-02-02"}
    assert {event["DTEND"].dt - event["DTSTART"].dt for event in found} == {timedelta(days=1)}
    assert "mùng 8 tháng Giêng" in found[0]["DESCRIPTION"]


def test_the_file_speaks_the_readers_language_and_names_that_of_a_title(client: Client):
    festival = make_festival()
    english = events(client, f"/en/ban-ghi/{festival.identifier}/lich.ics")[0]
    assert english["SUMMARY"].params["LANGUAGE"] == "vi"
    assert "day 8 of the 1st lunar month" in english["DESCRIPTION"]
    assert f"/en/ban-ghi/{festival.identifier}/" in english["URL"]


def test_days_that_are_only_about_go_into_no_file_and_no_link_leads_to_it(client: Client):
    about = make_festival(date_rule=FESTIVAL["date_rule"] | {"around": True})
    assert events(client, f"/ban-ghi/{about.identifier}/lich.ics") == []
    assert "lich.ics" not in text(client.get(about.get_absolute_url()))


def test_a_day_that_is_entered_takes_the_place_of_the_computed_one_under_the_same_key(client: Client):
    entered = {"type": "item", "value": {"start": "2027-02-15", "end": "2027-02-16"}}
    festival = make_festival(occurrences=[entered])
    times = {event["UID"]: event for event in events(client, f"/ban-ghi/{festival.identifier}/lich.ics")}
    assert times[f"{festival.identifier}-2027-1"]["DTSTART"].dt.isoformat() == "2027-02-15"
    assert times[f"{festival.identifier}-2027-1"]["DTEND"].dt.isoformat() == "2027-02-17"


def test_the_files_of_a_people_and_a_province_hold_their_festivals_and_the_pages_say_their_weight(client: Client, province):
    make_festival(parts={"groups": [make_group("08")], "places": [province]})
    make_festival("Hội nơi khác", parts={"groups": [make_group("01")]})
    for page in ("/dan-toc/nhom-08/", "/tinh/lao-cai/"):
        address = f"{page}lich-le-hoi.ics"
        assert {str(event["SUMMARY"]) for event in events(client, address)} == {"Lễ hội Gầu Tào"}
        weight = len(client.get(address).content) / 1000
        told = re.search(rf'href="{address}".*?\(\.ics, (\d+) KB\)', text(client.get(page)), re.DOTALL)
        assert told and abs(int(told[1]) - weight) < 1, weight
    assert len(events(client, "/lich-le-hoi.ics")) == 2 * len(YEARS)


def test_a_file_that_a_calendar_has_already_is_not_sent_again(client: Client):
    make_festival()
    first = client.get("/lich-le-hoi.ics")
    assert first["Cache-Control"] == "public, max-age=3600"
    assert client.get("/lich-le-hoi.ics", headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_the_file_of_a_closed_festival_is_not_there(client: Client):
    closed = make_festival(access=AccessLevel.SIGNED_IN)
    assert client.get(f"/ban-ghi/{closed.identifier}/lich.ics").status_code == 404
    assert client.get("/ban-ghi/khong-co/lich.ics").status_code == 404
