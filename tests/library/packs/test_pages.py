"""Readers choose, order and fetch; nobody can fill the disk; staff order and stop."""

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from library.packs.actions import order
from library.packs.models import IssueState, Pack, PackIssue
from library.vocabularies.models import AdminUnit
from tests.factories import make_office, make_record, make_user
from tests.library.curation.examples import make_story

from .conftest import work

pytestmark = pytest.mark.django_db
Build = Callable[..., PackIssue]


def _order(client: Client, people: SimpleNamespace, weight: str = "sound"):
    return client.post("/goi/dat/", {"ve": people.subject, "nang": weight})


def test_a_reader_sees_the_size_orders_and_fetches(people: SimpleNamespace, client: Client):
    assert people.subject in client.get("/goi/").content.decode()
    assert "chừng" in client.get("/goi/", {"ve": people.subject}).content.decode()
    answer = _order(client, people)
    assert answer.status_code == 302
    assert "Máy đang làm" in client.get(answer.url).content.decode()
    work()
    page = client.get(answer.url).content.decode()
    issue = PackIssue.objects.get()
    address = reverse("pack-file", args=[issue.pack_id, 1])
    assert address in page and issue.sha256 in page
    file = client.get(address)
    assert file.status_code == 200 and f"goi-mong-sound-{issue.number}.zip" in file["Content-Disposition"]
    assert client.get(address, headers={"Range": "bytes=0-9"}).status_code == 206
    assert "Mông" in client.get("/goi/").content.decode()


def test_the_page_of_a_people_a_province_and_a_story_leads_to_its_pack(people: SimpleNamespace, client: Client):
    province = AdminUnit.objects.create(level="province", code="15", label_vi="Lào Cai", slug="lao-cai")
    people.festival.places.add(province)
    story = make_story(("text", {"text_vi": "<p>Trống đã vang.</p>"}), title="Tiếng trống")
    for page, name in ((f"/dan-toc/{people.group.slug}/", "Mông"), ("/tinh/lao-cai/", "Lào Cai"), (story.get_url(), "Tiếng trống")):
        address = re.search(r'href="(/goi/\?ve=[^"]+)"', client.get(page).content.decode())
        assert address, page
        assert name in client.get(address.group(1)).context["subject"].name


def test_equal_orders_are_one_issue(people: SimpleNamespace, client: Client):
    addresses = {_order(client, people).url for _time in range(3)}
    assert len(addresses) == 1 and PackIssue.objects.count() == 1
    work()
    _order(client, people)
    assert PackIssue.objects.count() == 1
    assert _order(client, people, "text").url not in addresses


def test_readers_order_nothing_when_packs_take_their_room(people: SimpleNamespace, client: Client, settings):
    settings.PACK_BYTES = 1
    answer = _order(client, people)
    assert answer.status_code == 409 and "nhiều gói quá" in answer.content.decode() and not PackIssue.objects.exists()


def test_readers_order_nothing_when_many_wait(people: SimpleNamespace, client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(order, "MOST_WAITING", 1)
    assert _order(client, people, "text").status_code == 302
    assert _order(client, people, "sound").status_code == 409


@pytest.mark.parametrize(
    "sent", [{}, {"ve": "people:khong-co"}, {"ve": "place:99999999999999"}, {"ve": "x"}, {"ve": "story:²", "nang": "text"}]
)
def test_what_nobody_offers_cannot_be_ordered(people: SimpleNamespace, client: Client, sent: dict[str, str]):
    assert client.post("/goi/dat/", sent).status_code == 404
    assert client.get("/goi/", sent).status_code == 200


def test_a_weight_that_is_none_orders_nothing(people: SimpleNamespace, client: Client):
    assert _order(client, people, "nang-nhat").status_code == 409 and not Pack.objects.exists()


def test_a_commune_is_found_by_its_name_without_marks(people: SimpleNamespace, client: Client):
    province = AdminUnit.objects.create(level="province", code="15", label_vi="Lào Cai", slug="lao-cai")
    commune = AdminUnit.objects.create(level="commune", code="1", label_vi="Tả Phìn", parent=province)
    make_record("Chợ Tả Phìn", places=[commune])
    assert "Tả Phìn, Lào Cai" in client.get("/goi/", {"xa": "ta phin"}).content.decode()
    address = client.post("/goi/dat/", {"ve": f"place:{commune.pk}", "nang": "text"}).url
    work()
    assert "Tải cả gói" in client.get(address).content.decode()


@pytest.mark.parametrize("records", [1, 12])
def test_the_pages_ask_a_fixed_number_of_questions(
    people: SimpleNamespace, built: Build, client: Client, records: int, django_assert_max_num_queries
):
    for number in range(records):
        make_record(f"Bài {number}", groups=[people.group])
    built("sound")
    for address, most in (
        ("/goi/", 16),
        (f"/goi/?ve={people.subject}", 16),
        (f"/goi/{Pack.objects.first().pk}/", 6),
        ("/goi/da-rut.js", 2),
    ):
        client.get(address)
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200


def test_staff_look_at_the_size_order_and_stop(people: SimpleNamespace, client: Client):
    client.force_login(people.user)
    index = reverse("pack_orders:index")
    sent = {"about": people.subject, "commune": "", "weight": "sound", "language": "vi"}
    assert "sẽ nặng chừng" in client.post(index, sent | {"look": "1"}).content.decode() and not PackIssue.objects.exists()
    address = client.post(index, sent).url
    assert "Dừng lại" in client.get(address).content.decode()
    client.post(f"{address}stop/")
    assert PackIssue.objects.get().state == IssueState.STOPPED
    client.post(f"{address}resume/")
    work()
    assert "Tải về" in client.get(address).content.decode() and "Mông" in client.get(index).content.decode()
    assert client.post(index, sent | {"about": ""}).status_code == 400


def test_who_publishes_nothing_orders_nothing_on_the_staffs_screen(people: SimpleNamespace, built: Build, client: Client):
    issue = built()
    client.force_login(make_user("cataloguer", make_office("tinh-15")))
    for address in (reverse("pack_orders:index"), reverse("pack_orders:one", args=[issue.pk])):
        assert client.get(address).status_code in {302, 403}
    client.post(reverse("pack_orders:step", args=[issue.pk, "stop"]))
    issue.refresh_from_db()
    assert issue.state == IssueState.READY


def test_the_key_of_the_signature_is_public(people: SimpleNamespace, client: Client):
    assert client.get("/goi/khoa.pem").content.startswith(b"-----BEGIN PUBLIC KEY-----")
