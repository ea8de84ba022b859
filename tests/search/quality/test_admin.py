"""The search page of the admin."""

import pytest
from django.test import Client
from django.utils import timezone

from library.vocabularies.models import GroupName
from search.indexing import knowledge
from search.models import IndexEvent, ZeroResultQuery
from search.understanding import EmptyLexicon, understand
from tests.factories import make_group, make_user

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
