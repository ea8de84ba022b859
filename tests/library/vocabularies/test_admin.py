"""Staff listings of the authorities open for administrators and read their page in a fixed number of queries."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from wagtail.snippets.models import get_snippet_models

from library.accounts.models import User
from library.vocabularies.models import AdminUnit, EthnicGroup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("authorities")]
AUTHORITIES = ("ethnicgroup", "groupname", "adminunit", "adminchange", "vocabulary", "term", "source")


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("quan-tri", password="x"))
    return client


def test_every_authority_has_its_screen() -> None:
    assert {model._meta.model_name for model in get_snippet_models()} >= set(AUTHORITIES)


@pytest.mark.parametrize("name", AUTHORITIES)
def test_a_listing_costs_few_queries_whatever_its_length(
    administrator: Client, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    address = reverse(f"wagtailsnippets_vocabularies_{name}:list")
    administrator.get(address)
    with django_assert_max_num_queries(30):
        assert administrator.get(address).status_code == 200


def test_a_unit_is_found_by_name(administrator: Client) -> None:
    answer = administrator.get(reverse("wagtailsnippets_vocabularies_adminunit:list"), {"q": "Sa Pa"})
    assert "Thị xã Sa Pa" in answer.content.decode()


@pytest.mark.parametrize("model", [EthnicGroup, AdminUnit])
def test_an_edit_form_opens_and_stays_small(administrator: Client, model: type) -> None:
    name = model._meta.model_name
    answer = administrator.get(reverse(f"wagtailsnippets_vocabularies_{name}:edit", args=[model.objects.first().pk]))
    assert answer.status_code == 200
    assert len(answer.content) < 400_000
