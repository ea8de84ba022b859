"""The search page of the admin."""

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from library.accounts.held_work import hand_over, held_by
from library.accounts.models import User
from library.vocabularies.models import GroupName
from search.indexing import knowledge
from search.models import IndexEvent, SearchTask, ZeroResultQuery
from search.understanding import EmptyLexicon, understand
from tests.factories import make_group, make_office, make_term, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make_user("administrator"))
    return client


def zero_result(words: str, count: int) -> ZeroResultQuery:
    return ZeroResultQuery.objects.create(day=timezone.localdate(), words=words, mode="full", language="vi", count=count)


def test_only_those_who_correct_names_may_see_it(client: Client) -> None:
    client.force_login(make_user("cataloguer"))
    assert client.get("/admin/tim-kiem/").status_code in (302, 403)


def test_words_show_once_they_were_searched_three_times(staff: Client) -> None:
    zero_result("khèn lá", 3)
    zero_result("sáo môi", 2)
    page = staff.get("/admin/tim-kiem/").content.decode()
    assert "khèn lá" in page
    assert "sáo môi" not in page


def test_a_word_without_results_becomes_a_name_that_leads_to_its_group(staff: Client) -> None:
    group = make_group("08", "Mông", "Hmong")
    zero_result("miêu", 5)
    data = {"words": "miêu", "name": "Miêu", "group": group.pk, "kind": "deprecated"}
    assert staff.post("/admin/tim-kiem/dat-ten/", data).status_code == 302
    assert GroupName.objects.get(name="Miêu").display is False
    assert not ZeroResultQuery.objects.exists()
    (hit,) = understand("người miêu", EmptyLexicon(), knowledge.names()).names
    assert [owner.official for owner in hit.owners] == ["Mông"]
    knowledge.forget()


def test_a_name_no_longer_in_use_may_not_be_shown(staff: Client) -> None:
    data = {"words": "x", "name": "X", "group": make_group().pk, "kind": "deprecated", "display": "on"}
    staff.post("/admin/tim-kiem/dat-ten/", data)
    assert not GroupName.objects.exists()


def test_dead_letters_are_shown_with_their_error_and_tried_again(staff: Client) -> None:
    dead = IndexEvent.objects.create(object_id=7, sink="embedded", dead=True, attempts=10, last_error="mapper_parsing_exception")
    other = IndexEvent.objects.create(object_id=8, sink="embedded", dead=True, attempts=10)
    assert "mapper_parsing_exception" in staff.get("/admin/tim-kiem/").content.decode()
    staff.post("/admin/tim-kiem/thu-lai/", {"event": [dead.pk]})
    assert list(IndexEvent.objects.values_list("pk", "dead", "attempts")) == [(dead.pk, False, 0), (other.pk, True, 10)]
    staff.post("/admin/tim-kiem/thu-lai/")
    assert not IndexEvent.objects.filter(dead=True).exists()


def test_the_same_words_in_several_spellings_are_one_row(staff: Client) -> None:
    zero_result("đàn tính", 3)
    zero_result("dan tinh", 5)
    (row,) = staff.get("/admin/tim-kiem/").context["rows"]
    assert (row.words, row.times, row.task) == ("dan tinh", 8, None)


def test_words_become_a_task_of_somebody_and_keep_their_words(staff: Client) -> None:
    user = User.objects.get()
    zero_result("khèn lá", 3)
    address = "/admin/tim-kiem/viec/?tu=kh%C3%A8n+l%C3%A1"
    assert staff.get(address).status_code == 200
    data = {"state": "working", "assignee": user.pk, "office": "", "due": "2030-01-31", "outcome": "", "note": "hỏi nghệ nhân"}
    assert staff.post(address, data).status_code == 302
    ZeroResultQuery.objects.all().delete()  # as after 90 days
    for which in ("", "toi"):
        (row,) = staff.get("/admin/tim-kiem/", {"xem": which}).context["rows"]
        assert (row.words, row.task.state, row.who) == ("khèn lá", "working", user.username)
    assert not staff.get("/admin/tim-kiem/", {"xem": "xong"}).context["rows"]
    assert [entry.action for entry in ModelLogEntry.objects.for_instance(SearchTask.objects.get())] == ["search.task_saved"]


def test_done_leaves_the_list_and_comes_back_when_readers_fail_again(staff: Client) -> None:
    zero_result("khèn lá", 7)
    address = "/admin/tim-kiem/viec/?tu=khen+la"
    assert staff.post(address, {"state": "done", "outcome": "collect", "note": ""}).status_code == 302
    assert not staff.get("/admin/tim-kiem/").context["rows"]
    assert [row.words for row in staff.get("/admin/tim-kiem/", {"xem": "xong"}).context["rows"]] == ["khen la"]
    zero_result("khèn lá", 3)
    (row,) = staff.get("/admin/tim-kiem/").context["rows"]
    assert (row.returned, row.times) == (True, 3)
    staff.post(address, {"state": "new", "outcome": "collect", "note": ""})
    task = SearchTask.objects.get()
    assert (task.state, task.outcome, task.done_at) == ("new", "", None)


@pytest.mark.parametrize("data", [{"state": "done"}, {"state": "done", "outcome": "nothing"}])
def test_done_says_what_was_done_and_nothing_says_why(staff: Client, data: dict[str, str]) -> None:
    assert staff.post("/admin/tim-kiem/viec/?tu=khen", data).status_code == 422
    assert not SearchTask.objects.exists()


def test_a_name_that_is_made_finishes_the_task(staff: Client) -> None:
    zero_result("miêu", 5)
    data = {"words": "miêu", "name": "Miêu", "group": make_group().pk, "kind": "other"}
    staff.post("/admin/tim-kiem/dat-ten/", data)
    assert SearchTask.objects.values_list("words", "state", "outcome").get() == ("miêu", "done", "name")
    assert ModelLogEntry.objects.for_instance(GroupName.objects.get(name="Miêu")).exists()
    knowledge.forget()


def test_who_may_not_correct_names_may_neither_see_nor_do_tasks(client: Client) -> None:
    client.force_login(make_user("reviewer"))
    for address in ("/admin/tim-kiem/viec/?tu=khen", "/admin/tim-kiem/viec/thu/"):
        assert client.post(address, {"state": "new", "tu": "khen"}).status_code in (302, 403)
    assert not SearchTask.objects.exists()


def test_a_person_outside_the_scope_is_not_named(client: Client) -> None:
    other = make_user("administrator", make_office("tinh-01"), first_name="Lò", last_name="Văn Xa")
    SearchTask.objects.create(words="khèn", key="khen", assignee=other)
    client.force_login(make_user("administrator", make_office("tinh-15")))
    for address in ("/admin/tim-kiem/", "/admin/tim-kiem/viec/?tu=khen"):
        page = client.get(address).content.decode()
        assert "Văn Xa" not in page
        assert other.office.name_vi in page


def test_open_tasks_are_handed_over_with_the_account() -> None:
    leaver, successor = make_user(), make_user()
    SearchTask.objects.create(words="khèn", key="khen", assignee=leaver)
    assert [work.words for work in held_by([leaver.pk])[leaver.pk]] == ["1 việc từ tìm kiếm"]
    hand_over(leaver, successor)
    assert SearchTask.objects.get().assignee == successor


def test_a_new_record_may_begin_with_the_words_as_its_title(staff: Client) -> None:
    page = staff.get("/admin/snippets/records/record/add/?ten=kh%C3%A8n+l%C3%A1").content.decode()
    assert "?type=festival&amp;ten=kh%C3%A8n%20l%C3%A1" in page
    User.objects.update(office=make_office())
    make_term("rights_statements", "CNE")
    form = staff.get("/admin/snippets/records/record/add/?type=festival&ten=kh%C3%A8n%20l%C3%A1", follow=True)
    assert 'value="khèn lá"' in form.content.decode()
