"""Narrower searches through the page, on both engines: near, people, years, the map, inside recordings; lists to take away."""

import csv
import io
import json
import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from library.access import STAFF
from library.records.models import RecordDate, RecordMedia, RecordPerson, RecordRelation
from library.records.profiles import profile
from library.records.profiles.values import as_stored
from library.vocabularies.models import AdminUnit
from media_pipeline.models import Asset, Blob, Segment, TextTrack
from search.query.map_tiles import box_of, tile_at
from tests.factories import make_group, make_office, make_record, make_user

from .searching import drain, titles

pytestmark = pytest.mark.django_db
SA_PA = (22.33, 103.84)


def _page(client: Client, **parameters: Any) -> Any:
    answer = client.get("/tim-kiem/", parameters)
    assert answer.status_code == 200, answer.context["form"].errors
    return answer.context["results"]


def _province(name: str = "Lào Cai", code: str = "15", point: tuple[float, float] = SA_PA) -> AdminUnit:
    return AdminUnit.objects.create(level="province", code=code, label_vi=name, slug=code, latitude=point[0], longitude=point[1])


def test_words_near_one_another(site: str, client: Client) -> None:
    make_record("Khèn", summary_vi="Tiếng khèn gọi mùa lúa mới.")
    make_record("Lúa", summary_vi="Lúa mới về; cả bản vui rất lâu sau đó mới nghe tiếng khèn.")
    drain(site)
    assert titles(client, "", gan="khèn", voi="lua moi", cach="2") == ["Khèn"]
    assert set(titles(client, "", gan="khen", voi="lúa mới", cach="30")) == {"Khèn", "Lúa"}
    chips = [chip.label for chip in _page(client, gan="khen", voi="lua", cach="3").removals]
    assert chips == ["“khen” gần “lua”, cách nhau nhiều nhất 3"]


def test_half_a_pair_is_asked_for_the_other_beside_its_field(site: str, client: Client) -> None:
    answer = client.get("/tim-kiem/", {"gan": "khèn"})
    assert answer.status_code == 400
    assert 'aria-describedby="ct-voi-error"' in answer.content.decode()


def test_a_phrase_and_a_person(site: str, client: Client) -> None:
    sung = make_record("Hát ru", summary_vi="Ngày xưa trên nương")
    RecordPerson.objects.create(record=sung, name="Giàng A Páo", role="singer")
    make_record("Giàng A Páo kể chuyện", summary_vi="Trên nương ngày xưa")
    sung.save()
    drain(site)
    assert titles(client, "", nguoi="giang a pao") == ["Hát ru"]
    assert titles(client, "", cum="trên nương ngày") == ["Giàng A Páo kể chuyện"]


def test_years_are_bars_and_conditions(site: str, client: Client) -> None:
    for title, edtf in (("Hội cũ", "1931"), ("Hội mới", "2005"), ("Hội nay", "2008")):
        RecordDate.objects.create(record=(record := make_record(title)), edtf=edtf)
        record.save()
    drain(site)
    timeline = _page(client, q="hội").timeline
    assert [(bar.first, bar.count) for bar in timeline.bars if bar.count] == [(1930, 1), (2000, 2)]
    assert len(timeline.bars) == 8
    assert "tu=2000" in timeline.bars[-1].url
    assert set(titles(client, "hội", tu="2000", den="2009")) == {"Hội mới", "Hội nay"}


def test_the_map_counts_and_narrows(site: str, client: Client) -> None:
    make_record("Hội núi", places=[_province()])
    make_record("Hội biển", places=[_province("Cà Mau", "96", (9.18, 105.15))])
    hidden = make_record("Hội kín", places=[AdminUnit.objects.get(code="15")], own_access=STAFF)
    drain(site)
    shown = _page(client, q="hội", xem="ban-do").map
    assert sorted(disc.count for disc in shown.discs) == [1, 1]
    assert shown.placed == 2
    assert {(place.label, place.count) for place in shown.places} == {("Lào Cai", 1), ("Cà Mau", 1)}
    assert [str(hit.line.title) for hit in client.get(shown.places[0].url).context["results"].hits] in (["Hội núi"], ["Hội biển"])
    north = min(shown.discs, key=lambda disc: disc.y)
    narrowed = client.get(north.url).context["results"]
    assert [str(hit.line.title) for hit in narrowed.hits] == ["Hội núi"]
    assert narrowed.removals[0].label == "khung trên bản đồ"
    assert hidden.title_vi not in client.get(north.url).content.decode()


def test_a_map_of_many_asks_no_more_queries_than_one_of_few(site: str, client: Client) -> None:
    def queries(provinces: range) -> int:
        for number in provinces:
            make_record(f"Hội {number}", places=[_province(f"Tỉnh {number}", str(80 + number), (20.0, 105.0 + number / 10))])
        drain(site)
        assert _page(client, q="hội", xem="ban-do").map.placed == provinces.stop
        with CaptureQueriesContext(connection) as captured:
            client.get("/tim-kiem/", {"q": "hội", "xem": "ban-do"})
        return len(captured)

    assert queries(range(2)) == queries(range(2, 8))


@pytest.mark.parametrize("box", ["1,2,3", "a,b,c,d", "9,8,7,6", "nan,0,1,2", "0,0,999,1"])
def test_a_box_that_is_none_is_refused(site: str, client: Client, box: str) -> None:
    assert client.get("/tim-kiem/", {"khung": box}).status_code == 400


def test_tiles_and_boxes_agree() -> None:
    for zoom in (5, 8, 12):
        box = box_of(tile_at(*SA_PA, zoom))
        assert box.south <= SA_PA[0] < box.north and box.west <= SA_PA[1] < box.east


def _recording(record: Any, *cues: str, audience: str = "") -> None:
    blob = Blob.objects.create(area="original", sha256=uuid4().hex * 2, size=1, key=f"o/{uuid4()}", mime="audio/wav")
    asset = Asset.objects.create(kind="audio", original=blob, name_as_given="loi-ke.wav", format="wav", state="ready")
    RecordMedia.objects.create(record=record, asset=asset, own_access="public")
    track = TextTrack.objects.create(
        asset=asset, role=TextTrack.Role.TRANSCRIPT, language="vi", source="human", shown=True, audience=audience
    )
    for order, text in enumerate(cues):
        Segment.objects.create(track=track, order=order, start_ms=order * 60_000, end_ms=order * 60_000 + 5_000, text=text)
    record.save()


def test_inside_recordings_opens_the_second_and_keeps_the_filters(site: str, client: Client) -> None:
    mong = make_group("08", "Mông", "Hmong")
    told = make_record("Chuyện kể", groups=[mong])
    _recording(told, "ngày xửa ngày xưa", "có con rồng xuống suối")
    other = make_record("Chuyện khác", groups=[make_group("02", "Tày", "Tay")])
    _recording(other, "con rồng bay về suối")
    make_record("Con rồng xuống suối", summary_vi="chỉ có trong tên")
    _recording(make_record("Lời kín"), "con rồng xuống suối", audience="staff")
    drain(site)
    results = _page(client, q="con rong xuong suoi", o="ban-ghi")
    assert [str(hit.line.title) for hit in results.hits] == ["Chuyện kể", "Chuyện khác"]
    assert results.total == 2
    assert results.hits[0].passages[0].url.endswith("#t=60")
    groups = next(group for group in results.facets if group.name == "groups")
    assert [(value.label, value.count) for value in groups.values] == [("Mông", 1), ("Tày", 1)]
    assert titles(client, "con rồng", o="ban-ghi", **{"dan-toc": "nhom-08"}) == ["Chuyện kể"]
    assert titles(client, "con rồng", o="ban-ghi", **{"dan-toc": "nhom-01"}) == []
    assert titles(client, "con rồng", o="ban-ghi", xep="ten") == ["Chuyện kể", "Chuyện khác"]


def test_a_passage_opens_the_recording_that_has_it_and_only_while_the_access_rule_allows_it(site: str, client: Client) -> None:
    told = make_record("Chuyện kể")
    _recording(told, "ngày xửa ngày xưa")
    _recording(told, "im lặng", "có con rồng xuống suối")
    drain(site)
    (passage,) = _page(client, q="con rồng", o="ban-ghi").hits[0].passages
    assert passage.url.endswith("#2:t=60")
    RecordMedia.objects.filter(record=told).update(own_access=STAFF)  # the index does not know it yet
    assert _page(client, q="con rồng", o="ban-ghi").hits[0].passages == ()


def _collection(title: str, *members: Any, **fields: Any) -> Any:
    details = as_stored(profile("collection"), {"members": [each.pk for each in members]}, title)
    return make_record(title, record_type="collection", details=details, **fields)


def test_inside_a_collection(site: str, client: Client) -> None:
    khen, said, other = make_record("Khèn Mông"), make_record("Khèn bè"), make_record("Khèn lá")
    _recording(khen, "con rồng")
    _recording(other, "con rồng")
    held = _collection("Nhạc khí thổi", khen)
    RecordRelation.objects.create(record=said, target=held, kind="part_of")
    drain(site)
    assert set(titles(client, "khen", bo=held.identifier)) == {"Khèn Mông", "Khèn bè"}
    assert titles(client, "con rong", bo=held.identifier, o="ban-ghi") == ["Khèn Mông"]
    assert [chip.label for chip in _page(client, q="khen", bo=held.identifier).removals] == ["trong bộ sưu tập: Nhạc khí thổi"]
    assert f'href="/tim-kiem/?bo={held.identifier}"' in client.get(held.get_absolute_url()).content.decode()
    assert "Nhạc khí thổi" in client.get("/tim-kiem/chi-tiet/").content.decode()


def test_a_closed_collection_tells_nothing(site: str, client: Client) -> None:
    khen = make_record("Khèn Mông")
    closed = _collection("Kho kín", khen, own_access=STAFF)
    drain(site)
    assert titles(client, "khen", bo=closed.identifier) == []
    assert titles(client, "khen", bo="khong-co") == []
    assert [chip.label for chip in _page(client, q="khen", bo=closed.identifier).removals] == [f"trong bộ sưu tập: {closed.identifier}"]
    assert "Kho kín" not in client.get("/tim-kiem/chi-tiet/").content.decode()


def _export(client: Client, format_code: str, **parameters: str) -> str:
    answer = client.get(f"/tim-kiem/xuat/{format_code}/", parameters)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_was_found_can_be_taken_away(site: str, client: Client) -> None:
    make_record("Hội =1+1", title_en="Fair {1} & 100%", groups=[make_group("08", "Mông", "Hmong")], summary_vi="=HYPERLINK(1)")
    make_record("Hội kín", own_access=STAFF)
    drain(site)
    table = _export(client, "csv", q="hội")
    assert table.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    assert [row["Tên"] for row in rows] == ["Hội =1+1"]
    assert rows[0]["Tóm tắt"] == "'=HYPERLINK(1)"
    assert rows[0]["Địa chỉ"].startswith("http")
    entry = _export(client, "ris", q="hội")
    assert re.match(r"TY  - GEN\r\nID  - \S+\r\nTI  - Hội =1\+1\r\n", entry)
    assert entry.endswith("ER  - \r\n\r\n")
    assert r"Fair \{1\} \& 100\%" in client.get("/en/tim-kiem/xuat/bib/", {"q": "hội"}).getvalue().decode()
    (told,) = json.loads(_export(client, "json", q="hội"))
    assert told["title"] == "Hội =1+1" and "Mông" in told["keywords"]
    assert json.loads(_export(client, "json", q="khôngcógì")) == []


def test_an_export_asks_the_access_rule_again(site: str, client: Client) -> None:
    record = make_record("Hội sẽ đóng", office=make_office())
    drain(site)
    type(record).objects.filter(pk=record.pk).update(access_level=STAFF)  # the index does not know it yet
    assert json.loads(_export(client, "json", q="hội")) == []
    client.force_login(make_user("reviewer", record.office))
    assert len(json.loads(_export(client, "json", q="hội"))) == 1


def test_an_export_refuses_what_the_page_refuses(site: str, client: Client) -> None:
    assert client.get("/tim-kiem/xuat/csv/", {"khung": "1"}).status_code == 400
    assert client.get("/tim-kiem/xuat/exe/").status_code == 404


def test_long_lists_are_searched_by_their_beginning(site: str, client: Client) -> None:
    make_record("Hội một", groups=[make_group("08", "Mông", "Hmong"), make_group("02", "Tày", "Tay")])
    make_record("Hội hai", groups=[make_group("07", "Mường", "Muong")])
    drain(site)
    answer = client.get("/tim-kiem/gia-tri/dan-toc/", {"q": "hội", "tim": "mo"}).json()
    assert answer == {"values": [{"value": "nhom-08", "label": "Mông", "count": 1}]}
    labels = {each["label"] for each in client.get("/tim-kiem/gia-tri/dan-toc/", {"tim": "m"}).json()["values"]}
    assert labels == {"Mông", "Mường"}
    assert client.get("/tim-kiem/gia-tri/khong-co/").status_code == 404
    assert client.get("/tim-kiem/gia-tri/noi/", {"khung": "1"}).status_code == 404


def test_the_detailed_form_keeps_what_was_asked(site: str, client: Client) -> None:
    make_group("08", "Mông", "Hmong")
    page = client.get("/tim-kiem/chi-tiet/", {"cum": "lúa mới", "dan-toc": "nhom-08", "o": "ban-ghi"}).content.decode()
    assert 'value="lúa mới"' in page
    assert '<option value="nhom-08" selected>' in page
    assert '<option value="ban-ghi" selected>' in page
