"""Whoever begins a record sees records of the same type with near titles, and none that the person may not see."""

import pytest
from django.urls import reverse

from library.records.models.choices import AccessLevel
from tests.factories import make_office, make_record, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    user = make_user("cataloguer", make_office())
    client.force_login(user)
    return user


def _titles(client, typed: str, **more: str) -> list[str]:
    answer = client.get(reverse("near_titles"), {"q": typed, "type": "heritage-element"} | more)
    return [row["title"] for row in answer.json()["rows"]]


@pytest.mark.parametrize("typed", ["Lễ hội Gầu Tào của người Mông (Yên Bái)", "gau tao", "GẦU TÀO", "hội gầu tào Sa Pa"])
def test_a_near_title_of_the_same_type_is_told_with_its_address(client, officer, typed):
    record = make_record("Lễ hội Gầu Tào của người Mông")
    make_record("Hội Lồng tồng của người Mông")
    answer = client.get(reverse("near_titles"), {"q": typed, "type": "heritage-element"}).json()["rows"]
    assert answer == [{"title": record.title_vi, "url": reverse("wagtailsnippets_records_record:edit", args=[record.pk])}]


@pytest.mark.parametrize("typed", ["", "lễ hội của người", "Nhảy lửa", "%", "_"])
def test_what_is_not_near_is_not_told(client, officer, typed):
    make_record("Lễ hội Gầu Tào của người Mông")
    assert not _titles(client, typed)


def test_neither_the_record_itself_nor_one_of_another_type_is_told(client, officer):
    record = make_record("Gầu Tào")
    assert not _titles(client, "Gầu Tào", own=record.identifier)
    assert not _titles(client, "Gầu Tào", type="festival")


def test_a_record_that_the_person_may_not_see_is_not_told(client, officer):
    make_record("Gầu Tào", office=make_office("tinh-08"), own_access=AccessLevel.STAFF)
    make_record("Gầu Tào kín", office=make_office("tinh-08"), published=False)
    assert not _titles(client, "Gầu Tào")


def test_the_title_field_asks_for_near_titles(client, officer):
    record = make_record("Gầu Tào")
    page = client.get(reverse("wagtailsnippets_records_record:edit", args=[record.pk])).content.decode()
    assert f"type=heritage-element&amp;own={record.identifier}" in page
