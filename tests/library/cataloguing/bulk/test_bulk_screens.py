"""The screens of bulk edits: selecting, choosing, seeing before and after; nobody sees or moves what is not of the own office."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from library.cataloguing.bulk.models import BulkEdit
from library.records.models import Record
from tests.factories import make_office, make_record, make_user

from .conftest import Place, add, after, begin, run, tags

pytestmark = pytest.mark.django_db
ACTION = reverse("wagtail_bulk_action", args=["records", "record", "bulk_edit"])


def _choose(client: Client, query: str, change: str = "tags", **data: Any) -> Any:
    data = data or {"mode": "add", "chosen": "hội xuân"}
    return client.post(f"{ACTION}?{query}&change={change}&next=/admin/", data)


def test_an_officer_ticks_records_sees_before_and_after_runs_and_takes_back(client: Client, place: Place):
    client.force_login(place.author)
    one, two = place.draft("Gầu Tào"), place.draft("Nào Sồng")
    assert "bulk_edit" in client.get(reverse("wagtailsnippets_records_record:list")).content.decode()
    query = f"id={one.pk}&id={two.pk}"
    page = client.get(f"{ACTION}?{query}&next=/admin/").content.decode()
    assert "<b>2</b> tư liệu đã chọn" in page and "Gầu Tào" in page and "change=tags" in page
    answer = _choose(client, query)
    job = BulkEdit.objects.get()
    assert answer.headers["Location"] == reverse("bulk_edits:one", args=[job.pk])
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Sửa 2 tư liệu" in page and "Nào Sồng" in page and "hội xuân" in page
    for step, expected in (("run", ["hội xuân"]), ("undo", [])):
        client.post(reverse("bulk_edits:step", args=[job.pk, step]))
        after(job)
        assert tags(one) == tags(two) == expected
    assert "Mọi thứ đã trở về như trước lần sửa." in client.get(answer.headers["Location"]).content.decode()
    assert "hội xuân" in client.get(reverse("bulk_edits:index")).content.decode()


def test_all_that_the_filter_and_the_search_find_is_selected_and_nothing_else(client: Client, place: Place):
    client.force_login(place.author)
    hit = place.draft("Hội xuống đồng", own_access="staff")
    place.draft("Hội khác tên", own_access="staff")
    place.draft("Hội xuống đồng mở")
    make_record("Hội xuống đồng tỉnh khác", office=make_office("tinh-1"), own_access="staff")
    _choose(client, "id=all&access_level=staff&q=xuong+dong")
    assert [row.record for row in BulkEdit.objects.get().records.all()] == [hit]


@pytest.mark.parametrize("query", ["id=all&office=999999", "id=x", "id=%C2%B2", "", "id=all&groups=abc"])
def test_a_selection_that_cannot_be_read_is_empty(client: Client, place: Place, query: str):
    client.force_login(place.author)
    place.draft()
    assert client.get(f"{ACTION}?{query}").status_code == 200
    assert _choose(client, query).status_code == 400 and not BulkEdit.objects.exists()


def test_records_of_others_are_neither_named_nor_changed(client: Client, place: Place):
    client.force_login(place.author)
    hidden = make_record("Lễ kín Zyx", office=make_office("tinh-1"), own_access="staff")
    own = place.draft()
    query = f"id={hidden.pk}&id={own.pk}"
    assert "Zyx" not in client.get(f"{ACTION}?{query}").content.decode()
    _choose(client, query)
    assert [row.record for row in BulkEdit.objects.get().records.all()] == [own]


@pytest.mark.parametrize(
    ("change", "data"), [("tags", {"mode": "add"}), ("rights", {"value": "999"}), ("own_access", {"value": "withdrawn"})]
)
def test_a_value_that_may_not_be_is_refused_in_the_form(client: Client, place: Place, change: str, data: dict[str, str]):
    client.force_login(place.author)
    answer = _choose(client, f"id={place.draft().pk}", change, **data)
    assert answer.status_code == 400 and not BulkEdit.objects.exists()


def test_the_form_offers_only_own_offices_and_people_that_are_seen(client: Client, place: Place):
    client.force_login(place.author)
    own = f"id={place.draft().pk}"
    closed = make_record("Người kín", record_type="person", details=[], office=make_office("tinh-1"), published=False)
    assert _choose(client, own, "office", value=place.offices["elsewhere"].pk).status_code == 400
    assert _choose(client, own, "people", mode="add", role="teller", person=closed.pk).status_code == 400
    assert _choose(client, own, "people", mode="add", role="teller", name="Bà Mẩy").status_code == 302


@pytest.mark.parametrize(("role", "office", "seen"), [
    ("cataloguer", "commune", True), ("cataloguer", "province", True), ("reviewer", "ministry", True),
    ("cataloguer", "elsewhere", False), ("administrator", "elsewhere", False), ("contributor", "commune", False),
])  # fmt: skip
def test_a_bulk_edit_is_seen_and_moved_by_its_office_and_those_above(client: Client, place: Place, role: str, office: str, seen: bool):
    job = begin(place.author, [place.draft()], "tags", add("hội xuân"))
    client.force_login(make_user(role, place.offices[office]))
    assert client.get(reverse("bulk_edits:one", args=[job.pk])).status_code == (200 if seen else 404)
    assert client.post(reverse("bulk_edits:step", args=[job.pk, "run"])).status_code == (302 if seen else 404)
    assert (str(reverse("bulk_edits:one", args=[job.pk])) in client.get(reverse("bulk_edits:index")).content.decode()) is seen


def test_somebody_who_may_change_nothing_has_no_page(client: Client, place: Place):
    user = make_user("", place.offices["commune"])
    client.force_login(user)
    for address in (ACTION, reverse("bulk_edits:index")):
        assert client.get(address).status_code in (302, 403)


def test_a_record_that_went_to_another_office_has_no_name_in_the_report(client: Client, place: Place):
    record = place.draft("Tên kín")
    job = run(begin(place.author, [record], "tags", add("hội xuân")), place.author)
    Record.objects.filter(pk=record.pk).update(office=place.offices["elsewhere"], created_by=None)
    client.force_login(place.author)
    page = client.get(reverse("bulk_edits:one", args=[job.pk])).content.decode()
    assert "Tên kín" not in page and "(tư liệu không mở cho bạn)" in page


@pytest.mark.parametrize("change", ["tags", "groups", "people", "rights", "own_access", "office", "heritage-element.category", "publish"])
def test_every_kind_of_change_has_its_form(client: Client, place: Place, change: str):
    client.force_login(place.author)
    page = client.get(f"{ACTION}?id={place.draft().pk}&change={change}")
    assert page.status_code == 200 and "Xem trước" in page.content.decode()
