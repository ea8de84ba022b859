"""Where no record has all that was asked, the page says why, and what would find something."""

import pytest
from django.test import Client

from library.accounts.models import Community
from library.records.models import Record
from library.vocabularies.models import AdminUnit, GroupName
from search.results.nothing import Nothing
from tests.factories import make_community, make_group, make_record

from .searching import drain

pytestmark = pytest.mark.django_db


def nothing(client: Client, typed: str, **parameters: str) -> Nothing | None:
    response = client.get("/tim-kiem/", {"q": typed, **parameters})
    assert response.status_code == 200, response.content
    found: Nothing | None = response.context["results"].nothing
    return found


def page(client: Client, typed: str, **parameters: str) -> str:
    return client.get("/tim-kiem/", {"q": typed, **parameters}).content.decode()


@pytest.fixture
def dao(site: str) -> None:
    """A people with three records for its community alone, and one for everybody."""
    group, community = make_group("09", "Dao", "Dao"), make_community("nguoi-dao")
    for number in range(3):
        make_record(f"Bài cúng {number}", groups=[group], communities=[community], own_access="community")
    make_record("Thêu áo", groups=[group])
    drain(site)


def test_what_nobody_knows_is_no_such_thing(site: str, client: Client) -> None:
    found = nothing(client, "xyzzy")
    assert found is not None
    assert (found.closed, found.known) == ((), ())
    assert "Chưa tìm thấy tư liệu nào" in page(client, "xyzzy")


def test_what_the_authorities_know_is_not_collected_yet(site: str, client: Client) -> None:
    make_group("45", "Mảng", "Mang")
    found = nothing(client, "hat then nguoi mang")
    assert found is not None
    assert [(link.label, link.url) for link in found.known] == [("Mảng", "/dan-toc/nhom-45/")]
    assert "Chưa ai kể cho thư viện điều này" in page(client, "hat then nguoi mang")


def test_a_province_that_nobody_has_told_of_is_not_collected_yet(site: str, client: Client) -> None:
    province = AdminUnit.objects.create(level="province", code="15", label_vi="Lào Cai", slug="lao-cai")
    found = nothing(client, "hat then lao cai")
    assert found is not None
    assert [(link.label, link.url) for link in found.known] == [("Lào Cai", f"/tim-kiem/?noi={province.pk}")]


def test_an_old_name_is_not_given_back_where_nothing_was_found(site: str, client: Client) -> None:
    GroupName.objects.create(group=make_group("08", "Mông"), name="Mẹo Cũ", kind=GroupName.Kind.DEPRECATED, display=False)
    assert "Mẹo Cũ" not in page(client, "hat then nguoi meo cu")


def test_closed_records_are_not_counted_where_the_community_has_not_allowed_it(dao: None, client: Client) -> None:
    found = nothing(client, "bài cúng người Dao")
    assert found is not None
    assert found.closed == ()


def test_closed_records_are_counted_where_the_community_allows_it(dao: None, client: Client) -> None:
    Community.objects.update(tells_closed_count=True)
    found = nothing(client, "bài cúng người Dao")
    assert found is not None
    assert [(closed.people, closed.count) for closed in found.closed] == [("Dao", 3)]
    answer = page(client, "bài cúng người Dao")
    assert "Có tư liệu chỉ mở cho cộng đồng" in answer
    assert not [record for record in Record.objects.filter(access_level="community") if record.identifier in answer]


def test_a_record_of_two_communities_needs_the_word_of_both(dao: None, client: Client) -> None:
    Community.objects.update(tells_closed_count=True)
    record = Record.objects.filter(access_level="community")[0]
    record.communities.add(make_community("nguoi-dao-do"))
    record.save()
    found = nothing(client, "bài cúng người Dao")
    assert found is not None
    assert [closed.count for closed in found.closed] == [2]


def test_each_condition_that_hides_something_says_how_much(site: str, client: Client) -> None:
    make_record("Dệt lanh", groups=[make_group("08", "Mông")])
    make_group("09", "Dao", "Dao")
    drain(site)
    found = nothing(client, "dệt lanh", **{"dan-toc": "nhom-09", "loai": "heritage-element"})
    assert found is not None
    assert [wider.count for wider in found.wider] == [1]
    assert "dan-toc" not in found.wider[0].url
    assert "loai" in found.wider[0].url


def test_who_typed_without_marks_is_not_told_to(site: str, client: Client) -> None:
    assert "gõ không dấu" not in page(client, "khong co gi")
    assert "gõ không dấu" in page(client, "xyzzỹ")


def test_nothing_is_not_sorted(site: str, client: Client) -> None:
    make_record("Dệt lanh")
    drain(site)
    assert "xep=moi" in page(client, "dệt lanh")
    assert "xep=moi" not in page(client, "xyzzy")


def test_where_something_has_all_words_nothing_is_said(site: str, client: Client) -> None:
    make_record("Dệt lanh")
    drain(site)
    assert nothing(client, "dệt lanh") is None
