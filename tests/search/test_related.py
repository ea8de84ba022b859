"""While a title is typed in the admin, the search lists records that may belong to it, as far as the person may see them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from library.records.models.choices import AccessLevel
from search.asking.find import SearchUnavailable
from tests.factories import make_office, make_record, make_user
from tests.integration.search.searching import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def index(settings: LazySettings, tmp_path: Path) -> Iterator[None]:
    """An index of its own, and no knowledge of what the tests before it have loaded."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    fresh()
    yield
    fresh()


@pytest.fixture
def officer(client: Client) -> Client:
    client.force_login(make_user("cataloguer", make_office()))
    return client


def titles(client: Client, typed: str, own: str = "") -> list[str]:
    rows = client.get(reverse("related-records"), {"q": typed, "own": own}).json()["rows"]
    return [row["title"] for row in rows]


def test_what_the_search_finds_for_a_title_is_listed_without_the_record_itself(officer: Client) -> None:
    own = make_record("Lễ hội Gầu Tào")
    make_record("Cây nêu Gầu Tào")
    make_record("Gầu Tào kín", own_access=AccessLevel.STAFF, office=make_office("tinh-01"))
    call_command("ensure_index")
    assert titles(officer, "gau tao", own.identifier) == ["Cây nêu Gầu Tào"]


def test_a_title_that_has_hardly_begun_asks_nothing(officer: Client) -> None:
    assert titles(officer, "Lễ") == []


def test_the_form_goes_on_while_no_engine_answers(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(*args: object) -> None:
        raise SearchUnavailable

    monkeypatch.setattr("search.pages.related.find", silent)
    assert titles(officer, "Lễ hội") == []
