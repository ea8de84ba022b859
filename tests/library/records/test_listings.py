"""The rows of public decisions follow the records, and show of a closed record what its decision says."""

from typing import Any

import pytest
from django.test import Client

from library.access import ANONYMOUS
from library.pages.queries import listings
from library.pages.queries.listings import closed_listings_named, listings_decided
from library.records.actions.withdraw import withdraw
from library.records.listings import numbers_of
from library.records.models import HeritageListing, Record, RecordRelation
from tests.factories import make_office, make_record, make_user

pytestmark = pytest.mark.django_db
LISTING = {"level": "national", "title": "Nghi lễ Cấp sắc", "year": "2012", "decision": "5079/QĐ-BVHTTDL", "places": "Lào Cai"}


def details(*listings: dict[str, str]) -> list[dict[str, Any]]:
    items = [{"type": "item", "value": listing} for listing in listings]
    return [{"type": "heritage_element", "value": {"category": "le-hoi", "listings": items}}]


def make_listed(**fields: Any) -> Record:
    return make_record("Nghi lễ Cấp sắc", details=details(LISTING), **fields)


def test_a_closed_record_shows_its_decision_and_no_way_to_itself() -> None:
    make_listed(own_access="staff")
    (listing,) = listings_decided(5079, ANONYMOUS)
    assert (listing.title, listing.year, listing.places, listing.url) == ("Nghi lễ Cấp sắc", "2012", "Lào Cai", "")


def test_an_open_record_is_linked() -> None:
    record = make_listed()
    assert [listing.url for listing in listings_decided(5079, ANONYMOUS)] == [record.get_absolute_url()]


def test_by_name_only_those_are_told_whose_records_are_closed() -> None:
    make_listed(own_access="staff")
    assert [(listing.title, listing.url) for listing in closed_listings_named(["cap", "sac"], ANONYMOUS)] == [("Nghi lễ Cấp sắc", "")]
    assert not closed_listings_named(["cap", "then"], ANONYMOUS)
    make_listed()  # the same listing, and open
    assert not closed_listings_named(["cap", "sac"], ANONYMOUS)


def test_a_name_that_very_many_listings_have_is_read_no_further_than_it_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listings, "MOST_CLOSED", 2)
    for number in range(4):
        listing = LISTING | {"title": f"Nghi lễ Cấp sắc {number}"}
        make_record(f"Cấp sắc {number}", details=details(listing), own_access="staff")
    assert len(closed_listings_named(["cap", "sac"], ANONYMOUS)) == 2


def test_a_draft_and_what_was_withdrawn_have_no_rows() -> None:
    make_listed(published=False)
    withdraw(make_listed(), user=make_user("administrator", make_office("bo")), reason="Cộng đồng yêu cầu")
    assert not HeritageListing.objects.exists()


def test_rows_follow_a_change_and_stay_where_nothing_changed() -> None:
    record = make_listed()
    kept = HeritageListing.objects.get()
    record.save()
    assert HeritageListing.objects.get() == kept
    record.details = details(LISTING | {"year": "2013"})
    record.save()
    assert [listing.year for listing in listings_decided(5079, ANONYMOUS)] == ["2013"]


def test_a_listing_that_a_practice_repeats_counts_once_and_leads_to_its_own_record() -> None:
    own = make_listed()
    make_record("Cấp sắc", details=details(LISTING, LISTING | {"places": "Tuyên Quang"}))
    assert [(listing.places, listing.url == own.get_absolute_url()) for listing in listings_decided(5079, ANONYMOUS)] == [
        ("Lào Cai", True),
        ("Tuyên Quang", False),
    ]


def test_in_lists_a_listing_hangs_under_its_practice_with_year_decision_and_place(client: Client) -> None:
    listing = make_listed()
    practice = make_record("Cấp sắc", details=details(LISTING | {"year": "2014", "title": "Lễ Cấp sắc"}))
    RecordRelation.objects.create(record=listing, kind="listing_of", target=practice)
    answer = client.get("/tu-lieu/", {"loai": "heritage-element"})
    (line,) = answer.context["lines"]
    assert line.identifier == practice.identifier
    assert [(each.year, each.title, each.url == listing.get_absolute_url()) for each in line.listings] == [
        ("2012", "Nghi lễ Cấp sắc", True),
        ("2014", "Lễ Cấp sắc", False),
    ]
    assert answer.context["page"].paginator.count == 1
    assert "5079/QĐ-BVHTTDL" in answer.content.decode()


def test_a_listing_of_a_practice_that_is_closed_stands_by_itself(client: Client) -> None:
    listing = make_listed()
    practice = make_record("Cấp sắc", details=details(LISTING), own_access="staff")
    RecordRelation.objects.create(record=listing, kind="listing_of", target=practice)
    assert [line.identifier for line in client.get("/tu-lieu/").context["lines"]] == [listing.identifier]


def test_a_portal_has_its_listed_things_by_year_and_tells_of_closed_rites_what_the_decisions_say(client: Client) -> None:
    make_listed(own_access="staff")
    for title, year in (("Áo", "2016"), ("Khèn", "2013")):
        make_record(title, details=details(LISTING | {"title": title, "year": year}))
    closed = LISTING | {"title": "Lễ Cấp sắc của người Mông Trắng"}
    make_record("Việc kín", details=details(closed), own_access="staff")
    answer = client.get("/dan-toc/nhom-08/")
    sections = {kind.code: [line.title for line in lines] for kind, lines in answer.context["sections"]}
    assert sections == {"heritage-element": ["Khèn", "Áo"]}
    assert [(listing.title, listing.url) for listing in answer.context["closed_listings"]] == [(closed["title"], "")]
    page = answer.content.decode()
    assert "Việc kín" not in page and "chưa mở" in page


@pytest.mark.parametrize(
    ("decision", "numbers"),
    [("5079/QĐ-BVHTTDL", (5079, 5079)), ("3437-3439/QĐ-BVHTTDL", (3437, 3439)), ("", (None, None)), ("QĐ 12", (None, None)),
     ("9-3/QĐ", (9, 9)), ("12345678901/QĐ", (None, None))],
)  # fmt: skip
def test_the_numbers_of_a_decision(decision: str, numbers: tuple[int | None, int | None]) -> None:
    assert numbers_of(decision) == numbers
