"""Counts of a large collection are kept for a while, and the page says so."""

import pytest
from django.urls import reverse

from library.access import COMMUNITY
from library.cataloguing.dashboard import counts
from tests.factories import make_community, make_record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch):
    monkeypatch.setattr(counts, "MANY", 2)
    yield


def _page(client, user, **asked):
    client.force_login(user)
    return client.get(reverse("dashboard:index"), asked)


def _counted(answer):
    """The total, the sum of the matrix, and what the first mark of quality counts."""
    return answer.context["total"], sum(line.total for line in answer.context["coverage"].lines), answer.context["quality"][0].number


def test_counts_of_many_records_are_kept_until_somebody_counts_anew(client, provinces):
    for _ in range(2):
        make_record(office=provinces.here, groups=[provinces.mong])
    first = _counted(_page(client, provinces.reviewer))
    make_record(office=provinces.here, groups=[provinces.mong])
    kept = _page(client, provinces.reviewer)
    assert (first[:2], _counted(kept)) == ((2, 2), first)
    assert "giữ trong mười phút" in kept.content.decode()
    assert _counted(_page(client, provinces.reviewer, dem_lai="1"))[:2] == (3, 3)
    assert _counted(_page(client, provinces.reviewer))[:2] == (3, 3)


def test_counts_of_few_records_are_made_for_each_page(client, provinces):
    make_record(office=provinces.here, groups=[provinces.mong])
    first = _page(client, provinces.reviewer)
    assert "giữ trong mười phút" not in first.content.decode()
    make_record(office=provinces.here, groups=[provinces.mong])
    assert _counted(_page(client, provinces.reviewer))[:2] == (2, 2)


def test_who_gets_other_rights_gets_other_counts(client, provinces):
    community = make_community()
    for _ in range(2):
        make_record(office=provinces.elsewhere, groups=[provinces.dao])
    make_record(office=provinces.elsewhere, groups=[provinces.dao], own_access=COMMUNITY, communities=[community])
    asked = {"xem": "ca-nuoc"}
    assert _page(client, provinces.reviewer, **asked).context["total"] == 2
    provinces.reviewer.communities.add(community)
    assert _page(client, provinces.reviewer, **asked).context["total"] == 3
