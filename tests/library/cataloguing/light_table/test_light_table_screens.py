"""The screens of the light table: everything works as plain forms; what is typed is kept by every press; others see nothing."""

import json
from datetime import datetime
from itertools import product

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from library.cataloguing.light_table.actions import arrange
from library.cataloguing.light_table.models import LightTable, Photograph
from library.records.models import Record
from media_pipeline.actions import withdraw
from media_pipeline.intake import assembly, uploads
from media_pipeline.models import Upload
from tests.factories import make_group, make_record, make_term, make_user

from .conftest import TA_PHIN, Lay, Place, page_of, press, put, work_off
from .photographs import photograph

pytestmark = pytest.mark.django_db
ROLES = ("", "contributor", "cataloguer", "reviewer", "administrator")
OFFICES = ("commune", "province", "ministry", "elsewhere")
PATHS = ("index", "one", "group", "save", "make", "undo", "expect", "upload", "common")


def test_opening_a_table_twice_opens_one(officer: Client) -> None:
    for _press in range(2):
        assert officer.post(reverse("light_tables:index")).status_code == 302
    assert LightTable.objects.count() == 1


def test_a_plain_form_brings_sorts_writes_and_makes_records(officer: Client, table: LightTable) -> None:
    files = [
        SimpleUploadedFile(name, photograph(at), "image/jpeg") for at, name in enumerate(("MH-001_1.jpg", "MH-001_2.jpg", "MH-002.jpg"))
    ]
    files.append(SimpleUploadedFile("vẽ.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"))
    answer = officer.post(reverse("light_tables:upload", args=[table.pk]), {"files": files}, follow=True)
    assert "vẽ.svg: Thư viện không nhận ảnh vẽ SVG" in answer.content.decode() and table.photographs.count() == 3
    assert "Đã xếp thành 2 nhóm." in press(officer, table, "by-name")
    one, two = table.lots.all()
    first = one.photographs.first()
    assert first is not None
    typed = {f"title-{one.pk}": "Lễ hội Nhảy lửa", f"title-{two.pk}": "Khèn", f"caption-{first.pk}": "  Nhóm lửa  "}
    page = press(officer, table, "save", **typed)
    assert "Lập 2 tư liệu" in page and 'value="Nhóm lửa"' in page
    page = press(officer, table, "make")
    assert "Đã lập 2 tư liệu nháp." in page and Record.objects.count() == 2
    assert "Lập 2 tư liệu" not in press(officer, table, "make") and Record.objects.count() == 2
    assert "Đã hoàn tác." in press(officer, table, f"undo:{one.pk}") and Record.objects.count() == 1


def test_ticked_photographs_are_gathered_moved_turned_and_put_aside(officer: Client, table: LightTable, lay: Lay) -> None:
    rows = [lay(f"IMG_{number}.jpg", number) for number in range(3)]
    press(officer, table, "gather", photo=[rows[0].pk, rows[1].pk])
    group = table.lots.get()
    press(officer, table, "move", photo=[rows[2].pk], to=group.pk)
    press(officer, table, "turn", photo=[rows[2].pk])
    assert group.photographs.count() == 3 and Photograph.objects.get(pk=rows[2].pk).turn == 90
    assert "Để riêng" in press(officer, table, "aside", photo=[rows[0].pk])
    press(officer, table, "back", photo=[rows[0].pk])
    assert Photograph.objects.get(pk=rows[0].pk).lot is None
    press(officer, table, "move", photo=[rows[1].pk, rows[2].pk], to="none")
    assert not table.lots.exists()
    assert "Chưa chọn ảnh nào" in press(officer, table, "gather", photo=["x", 10**18])


def test_what_a_photograph_says_is_offered_and_taken_over_by_a_press(officer: Client, table: LightTable, lay: Lay, units) -> None:
    row = lay("MH-001_1.jpg", when=datetime(2026, 11, 24, 19, 10), where=TA_PHIN)
    arrange.sort_by_name(table)
    group = table.lots.get()
    page = page_of(officer, table)
    assert "24/11/2026, 19:10" in page and "Ghi ngày chụp 24/11/2026 (16 tháng Mười âm lịch)" in page
    assert "Ghi nơi chụp Xã Tả Phìn" in page and "Canon EOS 80D" in page and "22.39" not in page and "103.8" not in page
    assert (group.day, group.places.count()) == ("", 0)
    press(officer, table, f"take-day:{group.pk}")
    press(officer, table, f"take-place:{group.pk}")
    group.refresh_from_db()
    assert (group.day, group.places.get()) == ("2026-11-24", units["ta-phin"])
    LightTable.objects.filter(pk=table.pk).update(record_type="ritual")
    group.places.clear()
    assert "chỉ ghi tới tỉnh" in page_of(officer, table) and row.asset is not None


def test_common_fields_and_those_of_a_group_are_kept(officer: Client, table: LightTable, lay: Lay, units) -> None:
    lay("MH-001_1.jpg")
    arrange.sort_by_name(table)
    group, people = table.lots.get(), make_group()
    common = {"record_type": "festival", "groups": [people.pk], "places": [units["sa-pa"].pk], "credit": "Lý Mẩy", "source": "Sổ tay"}
    common["rights"] = make_term("rights_statements", "InC").pk
    assert officer.post(reverse("light_tables:one", args=[table.pk]), common).status_code == 302
    own = reverse("light_tables:group", args=[table.pk, group.pk])
    assert "31/4/2026" in officer.post(own, {"title": "Hội", "day": "31/4/2026"}).content.decode()
    assert officer.post(own, {"title": "Hội", "day": "24/11/2026", "record_type": "ritual"}).status_code == 302
    table.refresh_from_db()
    group.refresh_from_db()
    assert (table.record_type, table.groups.get(), table.places.get()) == ("festival", people, units["sa-pa"])
    assert table.rights is not None and table.rights.code == "InC"
    assert (group.title, group.day, group.record_type) == ("Hội", "2026-11-24", "ritual")


def test_a_folder_chosen_again_sends_only_what_is_missing(officer: Client, table: LightTable, place: Place) -> None:
    files = [
        {"name": f"IMG_{number}.jpg", "folder": "T11", "size": len(photograph(number)), "fingerprint": f"0123456{number}"}
        for number in (1, 2)
    ]
    files.append({"name": "rỗng.jpg", "folder": "T11", "size": 0, "fingerprint": "00000000"})
    address = reverse("light_tables:expect", args=[table.pk])

    def tell() -> list[bool]:
        answer = officer.post(address, json.dumps({"files": files}), content_type="application/json")
        return [row["send"] for row in answer.json()["rows"]]

    assert tell() == [True, True, False]
    upload = uploads.begin(place.author, "IMG_1.jpg", len(photograph(1)), fingerprint="01234561")
    with SimpleUploadedFile("x", photograph(1)) as stream:
        uploads.append(upload, 0, stream)  # type: ignore[arg-type]
    assembly.finish(upload)
    uploads.begin(place.author, "IMG_2.jpg", len(photograph(2)), fingerprint="01234562")
    page = page_of(officer, table)
    assert "Đã tải 0 %" in page and "Tệp rỗng" in page
    assert tell() == [False, True, False]
    assert table.photographs.count() == 3 and Upload.objects.filter(state="open").count() == 1


BAD_FILE = '{"files": [{"name": "a", "folder": "", "size": -1, "fingerprint": "12345678"}]}'


@pytest.mark.parametrize("body", ["", "[]", '{"files": 1}', '{"files": [{"name": "a"}]}', BAD_FILE])
def test_a_request_that_cannot_be_read_is_refused(officer: Client, table: LightTable, body: str) -> None:
    assert officer.post(reverse("light_tables:expect", args=[table.pk]), body, content_type="application/json").status_code == 400


def test_the_same_bytes_and_the_same_look_are_pointed_out(officer: Client, table: LightTable, lay: Lay, place: Place) -> None:
    known = lay("cũ.jpg", 7)
    known.delete()
    lay("IMG_1.jpg", 1)
    lay("IMG_2.jpg", 1)
    lay("IMG_3.jpg", 1, size=(240, 180))
    lay("IMG_4.jpg", 7)
    lay("IMG_5.jpg", 5)
    work_off()
    page = page_of(officer, table)
    assert "Trùng IMG_1.jpg" in page and "Giống IMG_1.jpg" in page and "Đã có trong thư viện" in page
    assert "IMG_5.jpg:" not in page
    aside = Photograph.objects.get(name="IMG_3.jpg")
    assert "Giống IMG_1.jpg" not in press(officer, table, f"aside:{aside.pk}")


def test_a_file_of_others_is_never_told_of(officer: Client, table: LightTable, lay: Lay, place: Place) -> None:
    other = make_user("cataloguer", place.offices["elsewhere"])
    hidden = lay("kín.jpg", 1, user=other)
    assert hidden.asset is not None
    make_record("Lễ kín", office=place.offices["elsewhere"], own_access="staff").media.create(asset=hidden.asset)
    hidden.delete()
    lay("IMG_1.jpg", 1)
    lay("IMG_2.jpg", 1, size=(240, 180))
    work_off()
    page = page_of(officer, table)
    assert "kín.jpg" not in page and "trong thư viện" not in page
    assert Photograph.objects.get(name="IMG_2.jpg").near == [hidden.asset.pk]


def test_a_photograph_that_the_person_may_not_use_shows_its_name_only(officer: Client, table: LightTable, lay: Lay, place: Place) -> None:
    other = make_user("cataloguer", place.offices["elsewhere"])
    row = lay("kín.jpg", 1, user=other, when=datetime(2026, 11, 24, 19, 10))
    put(table, row.asset) if row.asset else None
    arrange.gather(table, [row.pk])
    arrange.write(table, {}, {table.lots.get().pk: "Hội"})
    page = press(officer, table, "make")
    assert "Tệp này không mở cho bạn." in page and "24/11/2026" not in page and not Record.objects.exists()


def _status(client: Client, path: str, table: LightTable) -> int:
    group = table.lots.get()
    if path in ("index", "one", "group"):
        arguments = {"index": [], "one": [table.pk], "group": [table.pk, group.pk]}[path]
        return client.get(reverse(f"light_tables:{path}", args=arguments)).status_code
    if path == "expect":
        return client.post(reverse("light_tables:expect", args=[table.pk]), '{"files": []}', content_type="application/json").status_code
    if path == "upload":
        return client.post(reverse("light_tables:upload", args=[table.pk])).status_code
    if path == "common":
        data = {"record_type": "festival", "rights": make_term("rights_statements", "CNE").pk}
        return client.post(reverse("light_tables:one", args=[table.pk]), data).status_code
    return client.post(reverse("light_tables:step", args=[table.pk]), {"step": f"{path}:{group.pk}"}).status_code


@pytest.mark.parametrize("path", PATHS)
def test_a_table_is_used_by_its_office_and_those_above(place: Place, table: LightTable, lay: Lay, path: str) -> None:
    lay("MH-001_1.jpg")
    arrange.sort_by_name(table)
    arrange.write(table, {}, {table.lots.get().pk: "Hội"})
    wrong = []
    for role, office in product(ROLES, OFFICES):
        client = Client()
        client.force_login(make_user(role, place.offices[office]))
        records = Record.objects.count()
        allowed = role not in ("", "contributor") and office != "elsewhere"
        status = _status(client, path, table)
        if path == "index":
            allowed = role != ""
        if (status in (200, 302) and not (role == "" and status == 302)) is not allowed:
            wrong.append((role, office, status))
        if path == "make" and (Record.objects.count() > records) is not allowed:
            wrong.append((role, office, "records"))
        for group in table.lots.exclude(record=None):
            Record.objects.filter(pk=group.record_id).delete()
    assert wrong == []


def test_a_contributor_uses_the_own_table_and_makes_own_drafts(client: Client, place: Place, lay: Lay) -> None:
    user = make_user("contributor", place.offices["commune"])
    client.force_login(user)
    client.post(reverse("light_tables:index"))
    table = LightTable.objects.get(user=user)
    lay("Khèn Mông.jpg", on=table)
    press(client, table, "by-name")
    press(client, table, "make")
    assert Record.objects.get().created_by == user
    assert "Đã hoàn tác." in press(client, table, f"undo:{table.lots.get().pk}") and not Record.objects.exists()


def test_a_withdrawn_file_leaves_the_table(officer: Client, table: LightTable, lay: Lay, place: Place) -> None:
    row = lay("Bà Mẩy.jpg")
    assert row.asset is not None
    withdraw(row.asset, user=place.author)
    assert "Bà Mẩy" not in page_of(officer, table) and not table.photographs.exists()
