"""The page of results as a reader gets it: facets that narrow, what a hit shows, listings folded, the map, the place to start from."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from library.records.models import FestivalOccurrence, Record, RecordMedia, RecordRelation
from library.records.models.choices import AccessLevel
from library.vocabularies.models import AdminUnit
from media_pipeline.models import Asset, Blob, TextTrack
from tests.factories import make_group, make_record
from tests.library.pages.examples import FESTIVAL

from .searching import drain

pytestmark = pytest.mark.django_db


def page_of(client: Client, address: str = "/tim-kiem/", **parameters: Any) -> Any:
    answer = client.get(address, parameters)
    assert answer.status_code == 200
    return answer.context["results"]


def shown(results: Any) -> list[str]:
    return [hit.line.title.plain for hit in results.hits]


def make_listing(title: str, practice: Record, year: str = "", **fields: Any) -> Record:
    details = [{"type": "heritage_element", "value": {"category": "le-hoi", "listings": [{"type": "item", "value": {"year": year}}]}}]
    listing = make_record(title, details=details, **fields)
    RecordRelation.objects.create(record=listing, kind="listing_of", target=practice)
    listing.save()
    return listing


def make_sound(record: Record, size: int, **fields: Any) -> None:
    blob = Blob.objects.create(area="original", sha256=f"{size:064}", size=1, key=f"o/{size}", mime="audio/mpeg")
    asset = Asset.objects.create(kind="audio", original=blob, name_as_given="khen.mp3", format="mp3", state="ready", duration_ms=40_000)
    for name, weight in (("a24", size), ("a64", size * 3)):
        copy = Blob.objects.create(area="derivative", sha256=f"{weight:064}", size=weight, key=f"d/{weight}", mime="audio/ogg")
        facts = {"recipe": "audio", "recipe_hash": "1", "mime": "audio/ogg", "verified_at": timezone.now()}
        asset.derivatives.create(name=name, role="sound", blob=copy, size_bytes=weight, **facts)
    RecordMedia.objects.create(record=record, asset=asset, alt_vi="Tiếng khèn", **fields)
    record.save()


def make_transcript(record: Record, text: str) -> None:
    asset = record.media.get().asset
    track = asset.tracks.create(role=TextTrack.Role.TRANSCRIPT, language="vi", source="human", shown=True)
    track.segments.create(order=0, start_ms=0, end_ms=5_000, text=text)
    record.save()


def test_a_practice_and_its_listings_are_one_hit_that_unfolds_to_all(site: str, client: Client) -> None:
    practice = make_record("Nghệ thuật khèn của người Mông")
    make_listing("Nghệ thuật khèn (Yên Bái)", practice, "2023")
    make_listing("Nghệ thuật khèn (Hà Giang)", practice, "2015")
    make_record("Khèn bè")
    drain(site)
    results = page_of(client, q="khèn")
    assert results.total == 4
    assert sorted(shown(results)) == ["Khèn bè", "Nghệ thuật khèn của người Mông"]
    unfolded = next(hit.listings for hit in results.hits if hit.listings)
    assert unfolded.label == "2 lần ghi danh"
    assert [(each.year, each.title.plain) for each in unfolded.records] == [
        ("2015", "Nghệ thuật khèn (Hà Giang)"),
        ("2023", "Nghệ thuật khèn (Yên Bái)"),
    ]
    assert '<details class="fold">' in client.get("/tim-kiem/", {"q": "khèn"}).content.decode()


def test_a_practice_that_was_not_found_heads_its_listings(site: str, client: Client) -> None:
    practice = make_record("Gầu Tào", summary_vi="Thực hành của người Mông.")
    for place in ("Lai Châu", "Yên Bái"):
        make_listing(f"Lễ hội đầu xuân ({place})", practice)
    drain(site)
    results = page_of(client, q="lễ hội đầu xuân")
    assert (results.total, shown(results)) == (2, ["Gầu Tào"])
    assert len(results.hits[0].listings.records) == 2


def _queries_of(client: Client, words: str) -> CaptureQueriesContext:
    with CaptureQueriesContext(connection) as captured:
        page_of(client, q=words)
    return captured


def test_a_practice_and_its_listings_are_read_in_one_query_more(site: str, client: Client) -> None:
    def queries(words: str) -> int:
        return min(len(_queries_of(client, words)) for _visit in range(3))  # after some seconds the words of the library are read again

    practice = make_record("Gầu Tào", summary_vi="Thực hành của người Mông.")
    for place in ("Lai Châu", "Yên Bái", "Sơn La"):
        make_listing(f"Lễ hội đầu xuân ({place})", practice)
        make_record(f"Nghề dệt lanh ({place})")
    drain(site)
    assert queries("lễ hội đầu xuân") == queries("nghề dệt lanh") + 1


def test_where_the_practice_is_closed_the_best_listing_stands_for_all(site: str, client: Client) -> None:
    practice = make_record("Lễ kín", own_access=AccessLevel.STAFF)
    for place in ("Lai Châu", "Yên Bái"):
        make_listing(f"Hội xuân ({place})", practice)
    drain(site)
    answer = client.get("/tim-kiem/", {"q": "hội xuân"})
    results = answer.context["results"]
    assert (results.total, len(results.hits), len(results.hits[0].listings.records)) == (2, 1, 2)
    assert "Lễ kín" not in answer.content.decode()


def test_one_listing_alone_stays_itself(site: str, client: Client) -> None:
    make_listing("Hội xuân (Lai Châu)", make_record("Gầu Tào", summary_vi="Thực hành."))
    drain(site)
    results = page_of(client, q="hội xuân")
    assert shown(results) == ["Hội xuân (Lai Châu)"]
    assert results.hits[0].listings is None


def test_a_closed_listing_is_in_no_fold(site: str, client: Client) -> None:
    practice = make_record("Nghệ thuật khèn")
    make_listing("Khèn (công khai)", practice)
    make_listing("Khèn (kín)", practice, own_access=AccessLevel.STAFF)
    drain(site)
    answer = client.get("/tim-kiem/", {"q": "nghệ thuật khèn"})
    assert "công khai" in answer.content.decode() and "kín" not in answer.content.decode()


def test_a_hit_says_what_can_be_heard_and_when_a_festival_comes(site: str, client: Client) -> None:
    song = make_record("Tiếng khèn gọi bạn")
    make_sound(song, 113_000)
    festival = make_record("Hội khèn", record_type="festival", details=[{"type": "festival", "value": FESTIVAL}])
    FestivalOccurrence.objects.filter(record=festival).delete()
    day = timezone.localdate() + timedelta(days=30)
    FestivalOccurrence.objects.create(record=festival, start=day, end=day, status="computed")
    drain(site)
    hits = {hit.line.title.plain: hit for hit in page_of(client, q="khèn").hits}
    (note,) = hits["Tiếng khèn gọi bạn"].files
    assert (note.kind, note.duration_ms, note.size_bytes) == ("audio", 40_000, 113_000)
    assert hits["Hội khèn"].when.plain.endswith(f"{day.day}/{day.month}/{day.year}")
    assert "0:40,\n113 KB" in client.get("/tim-kiem/", {"q": "khèn"}).content.decode()


def test_a_sound_that_is_not_open_to_the_reader_is_not_announced(site: str, client: Client) -> None:
    song = make_record("Tiếng khèn gọi bạn")
    make_sound(song, 113_000, own_access=AccessLevel.STAFF)
    drain(site)
    assert page_of(client, q="khèn").hits[0].files == ()


def test_a_page_of_many_hits_asks_no_more_queries_than_one_of_few(site: str, client: Client) -> None:
    def make(number: int) -> None:
        practice = make_record(f"Khèn {number}")
        make_listing(f"Nghệ thuật khèn {number}", practice)
        make_sound(practice, 100_000 + number)
        make_transcript(practice, "tiếng khèn gọi bạn")  # a passage inside one of two hits
        make_record(f"Hội khèn {number}", record_type="festival", details=[{"type": "festival", "value": FESTIVAL}])

    def queries() -> int:
        client.get("/tim-kiem/", {"q": "khèn"})
        with CaptureQueriesContext(connection) as captured:
            client.get("/tim-kiem/", {"q": "khèn"})
        return len(captured)

    make(1)
    drain(site)
    few = queries()
    for number in range(2, 8):
        make(number)
    drain(site)
    assert sum(bool(hit.passages) for hit in page_of(client, q="khèn").hits) == 7 <= len(page_of(client, q="khèn").hits) / 2
    assert queries() == few


def test_facets_that_cannot_narrow_are_not_shown_and_six_at_most_are_open(site: str, client: Client) -> None:
    groups = [make_group(f"{number:02}", f"Dân tộc {number}", f"Group {number}") for number in (1, 2)]
    for number in range(4):
        make_record(f"Hội {number}", groups=[groups[number % 2]], vitality=("rare", "alive")[number % 2])
    make_record("Hội vải", record_type="costume", details=[{"type": "costume", "value": {"kind": "garment", "wearer": ["women"]}}])
    drain(site)
    results = page_of(client, q="hội")
    assert all(any(value.count < results.total for value in group.values) for group in results.facets)
    assert "rights" not in {group.name for group in results.facets}  # the same for all
    assert [group.name for group in results.facets][:2] == ["type", "groups"]
    assert len(results.open_facets) <= 6
    assert {*results.open_facets, *results.more_facets} == {group for group in results.facets if group.name != "date"}
    vitality = next(group for group in results.facets if group.name == "vitality")
    assert [value.value for value in vitality.values] == ["alive", "rare"]


def test_a_condition_behind_the_fold_stands_open_while_it_is_in_use(site: str, client: Client) -> None:
    make_record("Hội xuân")
    drain(site)
    assert not page_of(client, q="hội").narrowed_further
    assert page_of(client, q="hội", quyen="CNE").narrowed_further


def test_decades_of_an_address_are_kept_when_conditions_are_applied(site: str, client: Client) -> None:
    for year in ("1931", "2005"):
        record = make_record(f"Hội {year}")
        record.dates.add(record.dates.model(edtf=year))
        record.save()
    drain(site)
    page = client.get("/tim-kiem/", {"q": "hội", "thap-nien": ["1930", "không phải năm"]}).content.decode()
    assert '<input type="hidden" name="thap-nien" value="1930">' in page


def test_nothing_asked_is_a_place_to_start_from(site: str, client: Client) -> None:
    make_record("Hội xuân")
    AdminUnit.objects.create(level="province", code="15", label_vi="Lào Cai", slug="lao-cai")
    drain(site)
    for address in ("/tim-kiem/", "/tim-kiem/?q=&cum=&tu=", "/en/tim-kiem/"):
        answer = client.get(address)
        page = answer.content.decode()
        assert "results" not in answer.context
        assert 'name="q"' in page and "/dan-toc/nhom-08/" in page and "/tinh/lao-cai/" in page and "lich-le-hoi/?thang=" in page
    with CaptureQueriesContext(connection) as queries:
        client.get("/tim-kiem/")
    assert len(queries) <= 6  # four count, and are remembered for a while on a site
    assert page_of(client, xep="moi").total == page_of(client, xem="ban-do").total == 1


def test_suggestions_say_a_title_once(site: str, client: Client) -> None:
    practice = make_record("Nghệ thuật khèn")
    for _number in range(3):
        make_listing("Nghệ thuật khèn", practice)
    drain(site)
    offers = client.get("/tim-kiem/goi-y/", {"q": "nghe thuat kh"}).json()["offers"]
    assert [(offer["label"], offer["url"]) for offer in offers] == [("Nghệ thuật khèn", practice.get_absolute_url())]
