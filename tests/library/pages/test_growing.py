"""Pages ask the database the same number of questions however many records there are, and lists reach only so deep."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Workflow

from library.accounts.models import Office
from library.curation.load import load_pages
from library.pages import paging
from library.pages.queries import remembered
from library.pages.queries.narrowing import walk_is_shorter
from library.records.models import FestivalOccurrence, Record, RecordDate, RecordMedia
from library.review.workflow import load_review_workflow
from library.vocabularies.models import AdminUnit
from library.vocabularies.source_chooser import SourceList
from media_pipeline.models import Asset, Blob
from tests.bench.large_library import fill
from tests.factories import make_office, make_record, make_source, make_user
from tests.library.pages.examples import FESTIVAL, make_admin, make_picture, text

pytestmark = pytest.mark.django_db

PUBLIC = (
    "/", "/en/", "/tu-lieu/", "/tu-lieu/?loai=festival&xep=ten", "/tu-lieu/?dan-toc=nhom-08", "/tu-lieu/?dan-toc=nhom-08&tinh=lao-cai",
    "/dan-toc/", "/dan-toc/nhom-08/", "/tinh/", "/tinh/lao-cai/", "/lich-le-hoi/?xem=loi", "/lich-le-hoi/?xem=nam",
    "/dong-thoi-gian/", "/dong-thoi-gian/?dan-toc=nhom-08", "/dong-thoi-gian/the-ky-20/?tinh=lao-cai",
    "/lich-le-hoi/?xem=danh-sach", "/lich-le-hoi.ics", "/dan-toc/nhom-08/lich-le-hoi.ics", "/tinh/lao-cai/lich-le-hoi.ics",
    "/xa/xa-ta-phin-03013/", "/tinh-cu/lao-cai/", "/huyen-cu/thi-xa-sa-pa-088/", "/moi-dang.atom", "/sitemap.xml", "/sitemap-ban-ghi.xml",
)  # fmt: skip
RECORDS, CHOOSE = "/admin/snippets/records/record/", "/admin/snippets/choose"
STAFF = (
    "/admin/", RECORDS, f"{RECORDS}?q=hoi", f"{RECORDS}?record_type=festival&access_level=public", f"{RECORDS}?review_state=draft",
    "/admin/media/", "/admin/media/?q=tep&kind=image", "/admin/media-chooser/", "/admin/media-chooser/results/?q=tep",
    f"{CHOOSE}/records/record/", f"{CHOOSE}/records/record/results/?q=hoi", f"{CHOOSE}/vocabularies/source/",
    f"{CHOOSE}/vocabularies/source/results/?q=nguon", f"{CHOOSE}/vocabularies/term/", f"{CHOOSE}/vocabularies/adminunit/",
    "/admin/authorities/unit/?q=lao", "/admin/reports/site-history/",
)  # fmt: skip
REVIEWS = ("/admin/reports/workflow/", "/admin/reports/workflow_tasks/")  # for reviewers and administrators
FEW, MANY = 30, 300
CHOOSER = f"{CHOOSE}/records/record/results/"


def make_many(count: int, *places: AdminUnit, former: tuple[AdminUnit, ...] = ()) -> None:
    """Records of two kinds, more than a page of each list holds."""
    links = {"places": list(places), "former_units": list(former)}
    for number in range(count):
        make_record(f"Lễ hội {number}", record_type="festival", details=[{"type": "festival", "value": FESTIVAL}], **links)
        craft = make_record(f"Nghề {number}", **links)
        RecordDate.objects.create(record=craft, edtf=f"19{number:02}")
        craft.save()


def number_of_queries(client: Client, address: str) -> int:
    """Of the second visit, which only reads: on SQLite a page that writes, or takes a lock, waits for whoever saves."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200, address
    assert not [query["sql"] for query in queries if not query["sql"].startswith(("SELECT", "WITH"))], address
    return len(queries)


def signed_in(role: str, office: Office) -> Client:
    client = Client()
    client.force_login(make_user(role, office))
    return client


def make_work(count: int, office: Office) -> None:
    """Drafts of an office that wait for review, each with a picture, and sources: what the lists of staff grow by beside records."""
    for number in range(count):
        draft = make_record(f"Nháp hội {uuid4().hex[:6]}", office=office, published=False)
        draft.save_revision(log_action=True)
        Workflow.objects.get().start(draft, None)
        blob = Blob.objects.create(area="original", sha256=uuid4().hex * 2, size=1, key=f"o/{uuid4()}", mime="image/jpeg")
        asset = Asset.objects.create(kind="image", original=blob, name_as_given=f"tep-{number}.jpg", format="jpeg", state="ready")
        RecordMedia.objects.create(record=draft, asset=asset, alt_vi="Tệp thử")
        make_source(f"N{uuid4().hex[:6]}")


def test_every_page_staff_list_and_chooser_asks_as_much_with_many_records_as_with_few(
    client: Client, province: AdminUnit, units: dict[str, AdminUnit]
):
    load_pages()
    office = make_office()
    officer, reviewer = signed_in("cataloguer", office), signed_in("reviewer", office)
    administrator = signed_in("administrator", make_office("bo"))
    load_review_workflow()  # needs the groups of the roles
    make_many(FEW // 2, province, units["commune"], former=(units["district"],))
    make_work(30, office)
    festivals = FestivalOccurrence.objects.filter(start__gte=timezone.localdate()).earliest("start")
    month = f"/lich-le-hoi/?thang={festivals.start:%Y-%m}"
    public = (*PUBLIC, month, f"{month}&tinh=lao-cai", f"{month}&ngay={festivals.start.day}")
    readers = {"anonymous": (client, public), "officer": (officer, STAFF)}
    readers |= {"reviewer": (reviewer, STAFF + REVIEWS), "administrator": (administrator, STAFF + REVIEWS)}

    def queries() -> dict[tuple[str, str], int]:
        remembered.forget_all()
        return {(who, address): number_of_queries(reader, address) for who, (reader, addresses) in readers.items() for address in addresses}

    few = queries()
    fill(MANY)
    make_work(30, office)
    assert Record.objects.count() == MANY + 30
    assert queries() == few


def test_members_count_their_own_records_beside_the_public_ones(client: Client):
    make_record("Một")
    make_record("Hai", own_access="signed_in")
    assert client.get("/").context["record_count"] == 1
    client.force_login(make_user())
    assert client.get("/").context["record_count"] == 2
    assert "2 tư liệu" in text(client.get("/tu-lieu/"))


def test_the_first_page_counts_what_its_reader_can_hear(client: Client):
    record = make_record("Hai", own_access="signed_in")
    make_picture(record)
    Asset.objects.update(kind="audio")
    assert [door.count for door in client.get("/").context["recordings"]] == [0, 0]
    client.force_login(make_user())
    assert [door.count for door in client.get("/").context["recordings"]] == [1, 0]


def test_a_list_reaches_only_so_deep_and_says_so(client: Client, province: AdminUnit, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(paging, "DEEPEST", 24)
    for number in range(26):
        make_record(f"Nghề {number}", places=[province])
    last = client.get("/tu-lieu/")
    assert "26 tư liệu" in text(last) and "24 mục đầu" in text(last)
    assert client.get("/tu-lieu/", {"trang": "2"}).status_code == 404
    assert "hơn 24 tư liệu" in text(client.get("/tu-lieu/", {"dan-toc": "nhom-08", "tinh": "lao-cai"}))


def test_a_staff_list_and_a_chooser_count_only_so_far(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("library.cataloguing.paging.DEEPEST", 11)
    staff = Client()
    staff.force_login(make_admin())
    for number in range(13):
        make_record(f"Nghề {number}")
    for address in (RECORDS, CHOOSER):
        with CaptureQueriesContext(connection) as queries:
            answer = staff.get(address)
        assert answer.status_code == 200
        assert all("LIMIT 12" in query["sql"] for query in queries if "COUNT(*)" in query["sql"] and "records_record" in query["sql"]), (
            address
        )
    assert "ơn 11 tư liệu" in text(staff.get(RECORDS))


def test_a_chooser_of_records_counts_no_further_than_people_turn_pages(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("library.cataloguing.paging.CHOSEN_FROM", 11)
    staff = Client()
    staff.force_login(make_admin())
    for number in range(13):
        make_record(f"Nghề {number}")
    for typed in ({}, {"q": "nghe"}):
        with CaptureQueriesContext(connection) as queries:
            assert "ơn 11 tư liệu" in text(staff.get(CHOOSER, typed))
        (count,) = [query["sql"] for query in queries if "COUNT(*)" in query["sql"] and "records_record" in query["sql"]]
        assert "LIMIT 12" in count and "ORDER BY" in count  # in the order of the index that the list is read from


def test_a_chooser_of_sources_finds_the_last_citation_of_each_without_reading_all():
    with CaptureQueriesContext(connection) as queries:
        list(SourceList().get_object_list()[:10])
    assert "MAX(" not in queries[0]["sql"] and "GROUP BY" not in queries[0]["sql"]


@pytest.mark.parametrize("walk", [False, True])
def test_both_ways_through_a_list_find_the_same(client: Client, province: AdminUnit, monkeypatch: pytest.MonkeyPatch, walk: bool):
    make_many(3, province)
    make_record("Nơi khác")
    monkeypatch.setattr("library.pages.views.listing.walk_is_shorter", lambda *numbers: walk)
    answer = client.get("/tu-lieu/", {"tinh": "lao-cai", "xep": "ten"})
    assert [str(line.title.plain) for line in answer.context["lines"]] == sorted(
        f"{kind} {n}" for kind in ("Lễ hội", "Nghề") for n in range(3)
    )


def test_a_walk_is_shorter_only_where_many_match():
    assert walk_is_shorter(found=50_000, among=100_000, last=24)
    assert not walk_is_shorter(found=50, among=100_000, last=24)
    assert not walk_is_shorter(found=1_000, among=100_000, last=9_000)
