"""What curators set for a question, on the whole site: pages, exports, alerts, rights, the preview, the log."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from library.access import ANONYMOUS
from library.records.actions.withdraw import withdraw
from library.records.models import RecordRelation
from search.asking.find import find_all, find_total
from search.indexing import knowledge
from search.models import CuratedQuestion, SearchTask
from search.request import SearchForm
from tests.factories import make_community, make_group, make_office, make_record, make_user

from ..searching import drain, titles

pytestmark = pytest.mark.django_db
LIST = "/admin/tim-kiem/cau-tim/"


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    knowledge.forget()
    yield
    knowledge.forget()


def curated(
    question: str, *, pins: Sequence[Any] = (), bars: Sequence[Any] = (), synonyms: dict[str, bool] | None = None, **fields: Any
) -> CuratedQuestion:
    """A saved question; the synonyms by whether they hold both ways."""
    made = CuratedQuestion(question=question, note="thử", **fields)
    made.pins = [made.pins.model(record=record) for record in pins]
    made.bars = [made.bars.model(record=record) for record in bars]
    made.synonyms = [made.synonyms.model(words=words, both_ways=both) for words, both in (synonyms or {}).items()]
    made.save()
    knowledge.forget()
    return made


def results(client: Client, text: str, **parameters: str) -> Any:
    return client.get("/tim-kiem/", {"q": text, **parameters}).context["results"]


def test_pages_exports_and_alerts_show_what_curators_set(site: str, client: Client) -> None:
    first, second, other = make_record("Múa khèn một"), make_record("Múa khèn hai"), make_record("Sáo Mông")
    drain(site)
    curated("múa khèn", pins=[other], bars=[first])
    assert titles(client, "mua khen") == ["Sáo Mông", "Múa khèn hai"]
    assert results(client, "múa khèn").hits[0].reasons == ("thư viện chọn cho câu tìm này",)
    form = SearchForm(QueryDict("q=mua+khen"))
    assert form.is_valid()
    request = form.request()
    assert find_all(request, ANONYMOUS) == ([other.pk, second.pk], 2)
    assert find_total(request, ANONYMOUS) == 2
    export = client.get("/tim-kiem/xuat/csv/", {"q": "mua khen"})
    assert export["X-Total-Count"] == "2"
    assert "Múa khèn một" not in export.content.decode()


def test_a_closed_record_that_is_pinned_is_known_to_nobody_without_rights(site: str, client: Client) -> None:
    community, closed_group = make_community(), make_group("02", "Tày", "Tay")
    closed = make_record("Lễ kín", own_access="community", communities=[community], groups=[closed_group])
    make_record("Múa khèn")
    drain(site)
    before = results(client, "múa khèn")
    curated("múa khèn", pins=[closed])
    after = results(client, "múa khèn")
    assert [hit.line.url for hit in after.hits] == [hit.line.url for hit in before.hits]
    assert (after.total, after.facets) == (before.total, before.facets)
    assert "Lễ kín" not in client.get("/tim-kiem/", {"q": "múa khèn"}).content.decode()
    client.force_login(make_user(communities=(community,)))
    assert titles(client, "múa khèn") == ["Lễ kín", "Múa khèn"]


def test_a_withdrawn_record_that_is_pinned_is_gone_before_the_index_knows(site: str, client: Client) -> None:
    record, _other = make_record("Sáo Mông"), make_record("Múa khèn")
    drain(site)
    curated("múa khèn", pins=[record])
    withdraw(record, user=make_user("administrator", record.office), reason="gia đình xin gỡ")
    assert titles(client, "múa khèn") == ["Múa khèn"]


def test_a_synonym_is_looked_for_and_told(site: str, client: Client) -> None:
    make_record("Tính tẩu người Tày")
    drain(site)
    curated("đàn tính", synonyms={"tính tẩu": True})
    page = results(client, "dan tinh")
    assert page.total == 1
    assert page.understood.synonyms == ("tính tẩu",)
    assert "đồng nghĩa: “tính tẩu”" in page.hits[0].reasons
    assert "Cũng tìm: <b>tính tẩu</b>" in client.get("/tim-kiem/", {"q": "dan tinh"}).content.decode()
    assert results(client, "tinh tau").understood.synonyms == ("đàn tính",)


def test_a_deprecated_name_as_a_synonym_finds_and_is_never_shown(site: str, client: Client) -> None:
    make_group("08", "Mông", "Hmong").names.create(name="Mẹo Cũ", kind="deprecated", display=False)
    make_record("Truyện Mẹo Cũ")
    drain(site)
    curated("thổ cẩm", synonyms={"Mẹo Cũ": True})
    page = results(client, "tho cam")
    assert (page.total, page.understood) == (1, None)
    assert not any("Mẹo Cũ" in reason for reason in page.hits[0].reasons)


def test_a_pinned_listing_is_a_hit_of_its_own_and_a_barred_one_is_in_no_hit(site: str, client: Client) -> None:
    practice = make_record("Nghệ thuật khèn")
    listings = [make_record(f"Khèn ({place})") for place in ("Yên Bái", "Hà Giang", "Sơn La")]
    for listing in listings:
        RecordRelation.objects.create(record=listing, kind="listing_of", target=practice)
    drain(site)
    curated("khèn", pins=[listings[0]], bars=[listings[1]])
    page = results(client, "khen")
    assert (page.total, [str(hit.line.title) for hit in page.hits]) == (3, ["Khèn (Yên Bái)", "Nghệ thuật khèn"])
    assert [line.title.plain for line in page.hits[1].listings.records] == ["Khèn (Sơn La)"]


def test_what_has_ended_holds_no_more(site: str, client: Client) -> None:
    make_record("Múa khèn")
    record = make_record("Sáo Mông")
    drain(site)
    today = timezone.localdate()
    made = curated("múa khèn", pins=[record], ends_on=today)
    assert titles(client, "múa khèn") == ["Sáo Mông", "Múa khèn"]
    CuratedQuestion.objects.filter(pk=made.pk).update(ends_on=today - timedelta(days=1))
    knowledge.forget()
    assert titles(client, "múa khèn") == ["Múa khèn"]


def test_another_process_sees_a_change_by_its_stamp(site: str) -> None:
    made = curated("múa khèn", synonyms={"múa kèn": True})
    before = knowledge.curated_questions()
    made.synonyms = []
    made.save()
    knowledge._curated._look_again = 0.0  # as a process that looks again after some seconds
    assert knowledge.curated_questions() is not before


def form_data(question: str, *, pins: Sequence[Any] = (), bars: Sequence[Any] = (), synonyms: Sequence[str] = ()) -> dict[str, str]:
    """The form as a browser sends it."""
    data = {"question": question, "note": "độc giả hay tìm", "ends_on": ""}
    for name, rows in (("pins", pins), ("bars", bars), ("synonyms", synonyms)):
        data |= {f"{name}-TOTAL_FORMS": str(len(rows)), f"{name}-INITIAL_FORMS": "0"}
        for number, row in enumerate(rows):
            key = "words" if name == "synonyms" else "record"
            data |= {f"{name}-{number}-{key}": str(getattr(row, "pk", row)), f"{name}-{number}-ORDER": str(number + 1)}
            if name == "synonyms":
                data[f"{name}-{number}-both_ways"] = "on"
    return data


@pytest.fixture
def curator(client: Client) -> Client:
    client.force_login(make_user("administrator", make_office()))
    return client


def test_only_curators_may_set_anything(client: Client) -> None:
    client.force_login(make_user("reviewer", make_office()))
    for address in (LIST, f"{LIST}new/", f"{LIST}preview/0/"):
        assert client.post(address, form_data("x")).status_code in (302, 403)
    assert not CuratedQuestion.objects.exists()


def test_a_change_is_written_down_with_who_made_it(curator: Client) -> None:
    assert curator.post(f"{LIST}new/", form_data("Đàn tính", synonyms=["tính tẩu"])).status_code == 302
    made = CuratedQuestion.objects.get()
    assert made.key == "dan tinh"
    assert made.set_by is not None
    assert "tính tẩu" in curator.get(LIST).content.decode()
    assert [entry.action for entry in ModelLogEntry.objects.for_instance(made)] == ["wagtail.create"]
    assert curator.get(f"{LIST}history/{made.pk}/").status_code == 200
    assert curator.post(f"{LIST}delete/{made.pk}/").status_code == 302
    assert "wagtail.delete" in ModelLogEntry.objects.values_list("action", flat=True)


def test_one_question_in_two_spellings_and_contradictions_are_refused(curator: Client) -> None:
    record = make_record()
    curated("đàn tính", synonyms={"tính tẩu": True})
    for data in (form_data("DAN TINH", synonyms=["x"]), form_data("khèn"), form_data("khèn", pins=[record], bars=[record])):
        assert "form" in curator.post(f"{LIST}new/", data).context
    assert CuratedQuestion.objects.count() == 1


def test_the_preview_says_what_changes_in_words(site: str, curator: Client) -> None:
    first, second, pinned = make_record("Múa khèn một"), make_record("Múa khèn hai"), make_record("Sáo Mông")
    closed = make_record("Lễ kín", own_access="staff")
    drain(site)
    data = form_data("mua khen", pins=[pinned, closed], bars=[first], synonyms=["sáo mông"])
    answer = curator.post(f"{LIST}preview/0/", data)
    preview = answer.context["preview"]
    assert [(hit.title, hit.change) for hit in preview.then] == [("Sáo Mông", "ghim, mới vào"), ("Múa khèn hai", preview.then[1].change)]
    assert {hit.title: hit.change for hit in preview.now}["Múa khèn một"] == "không cho ra nữa"
    assert (preview.total_now, preview.total_then, preview.unseen) == (2, 2, ("Lễ kín",))
    assert [(effect.words, effect.more, effect.back) for effect in preview.synonyms] == [("sáo mông", 0, 2)]
    assert "không cho ra nữa" in answer.content.decode()
    assert not CuratedQuestion.objects.exists()
    assert second.title in answer.content.decode()


def test_nobody_learns_the_title_of_a_record_that_may_not_be_seen(site: str, curator: Client) -> None:
    closed = make_record("Lễ kín", own_access="staff", office=make_office("tinh-01"))
    drain(site)
    for address in (f"{LIST}preview/0/", f"{LIST}new/"):
        assert "Lễ kín" not in curator.post(address, form_data("múa khèn", pins=[closed])).content.decode()
    assert not CuratedQuestion.objects.exists()
    made = curated("múa khèn", pins=[closed])
    answer = curator.get(f"{LIST}edit/{made.pk}/", follow=True)
    assert "Câu này có tư liệu mà bạn không được xem" in answer.content.decode()
    assert "Lễ kín" not in answer.content.decode()
    rows = {"pins-TOTAL_FORMS": "1", "pins-INITIAL_FORMS": "1", "pins-0-id": str(made.pins.get().pk), "pins-0-record": str(closed.pk)}
    preview = curator.post(f"{LIST}preview/{made.pk}/", form_data("múa khèn") | rows)
    assert preview.context["preview"].unseen == ()


def test_a_task_is_done_once_readers_find_something(site: str, curator: Client) -> None:
    make_record("Tính tẩu")
    drain(site)
    curator.post("/admin/tim-kiem/viec/thu/", {"tu": "đàn tính"})
    assert not SearchTask.objects.exists()
    curated("đàn tính", synonyms={"tính tẩu": True})
    curator.post("/admin/tim-kiem/viec/thu/", {"tu": "dan tinh"})
    assert SearchTask.objects.values_list("state", "outcome").get() == ("done", "found")
