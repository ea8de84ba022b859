"""The handbook inside the admin: short pages in both languages, and every field of every form with its help."""

import pytest
from django.test import Client
from django.urls import reverse

from library.cataloguing.handbook.pages import handbook_pages
from library.records.profiles import all_profiles
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client: Client) -> Client:
    client.force_login(make_user("contributor"))
    return client


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_of_the_list_opens_in_the_readers_language(officer: Client, language: str) -> None:
    officer.get("/admin/", {"lang": language})
    contents = officer.get(reverse("handbook")).content.decode()
    for page in handbook_pages():
        assert reverse("handbook_page", args=[page.slug]) in contents
        shown = officer.get(reverse("handbook_page", args=[page.slug])).content.decode()
        assert getattr(page.title, language) in shown
        assert getattr(page.sections[0].heading, language) in shown


@pytest.mark.parametrize("own", all_profiles(), ids=lambda own: own.code)
def test_the_page_of_a_type_has_a_place_for_every_field(officer: Client, own) -> None:
    page = officer.get(reverse("handbook_type", args=[own.code])).content.decode()
    anchors = [field.key for field in own.fields] + [f"{field.key}-{part.key}" for field in own.fields for part in field.fields]
    anchors += ["title_vi", "dates-edtf", "media-alt_vi", "sources-citation"]
    assert not [anchor for anchor in anchors if f'id="{anchor}"' not in page]


def test_a_page_that_there_is_not_is_not_found(officer: Client) -> None:
    assert officer.get(reverse("handbook_page", args=["khong-co"])).status_code == 404
    assert officer.get(reverse("handbook_type", args=["khong-co"])).status_code == 404


def test_the_help_menu_leads_to_the_handbook(officer: Client) -> None:
    assert reverse("handbook") in officer.get("/admin/").content.decode()
