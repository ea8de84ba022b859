"""What a reader may not see, or what is not there: 404, or a tombstone, and never a title."""

import pytest
from django.test import Client

from library.records.actions.withdraw import withdraw
from library.records.models import Record, RecordRelation
from library.records.models.choices import AccessLevel
from library.vocabularies.models import AdminUnit
from tests.factories import make_community, make_office, make_record, make_user
from tests.library.pages.examples import make_admin, make_picture, text

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("prefix", ["", "/en"])


@BOTH
@pytest.mark.parametrize(
    "address",
    [
        "/khong-co-trang-nay/",
        "/ban-ghi/v100000000/",
        "/ban-ghi/khong-phai-ma/",
        "/dan-toc/khong-co/",
        "/tinh/khong-co/",
        "/tu-lieu/?trang=9",
        "/tu-lieu/?trang=x",
        "/tu-lieu/?loai=khong-co",
        "/tu-lieu/?dan-toc=khong-co",
        "/tu-lieu/?tinh=khong-co",
        "/tu-lieu/?xep=khong-co",
        "/lich-le-hoi/?thang=2027-13",
        "/lich-le-hoi/?thang=0000-01",
        "/lich-le-hoi/?thang=9999-12",
        "/lich-le-hoi/?thang=x",
    ],
)
def test_what_is_not_there_is_answered_with_404_in_the_readers_language(client: Client, prefix: str, address: str):
    answer = client.get(prefix + address)
    assert answer.status_code == 404
    assert f'<html lang="{"en" if prefix else "vi"}">' in text(answer)


@pytest.mark.parametrize("page_number", ["0", "2", "x", "-1", "99999999999999", "²"])
def test_a_page_that_a_document_does_not_have_is_404(client: Client, festival: Record, page_number: str):
    assert client.get(f"/ban-ghi/{festival.identifier}/", {"trang": page_number}).status_code == 404


@pytest.mark.parametrize("level", [AccessLevel.SIGNED_IN, AccessLevel.COMMUNITY, AccessLevel.STAFF])
def test_a_restricted_record_does_not_exist_for_others(client: Client, level: str):
    hidden = make_record("Lời cúng kín", own_access=level, communities=[make_community()])
    answer = client.get(hidden.get_absolute_url())
    assert answer.status_code == 404
    assert "Lời cúng kín" not in text(answer)
    for address in ("/", "/tu-lieu/", "/dan-toc/nhom-08/", "/lich-le-hoi/", "/moi-dang.atom", "/sitemap-ban-ghi.xml"):
        assert "Lời cúng kín" not in text(client.get(address)), address
        assert hidden.identifier not in text(client.get(address)), address


def test_a_draft_does_not_exist_for_readers(client: Client):
    draft = make_record("Bản nháp", published=False)
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_a_member_of_the_community_sees_what_is_the_communitys(client: Client):
    community = make_community()
    hidden = make_record("Lời cúng kín", own_access=AccessLevel.COMMUNITY, communities=[community])
    client.force_login(make_user(communities=(community,)))
    assert "Lời cúng kín" in text(client.get(hidden.get_absolute_url()))
    assert "Lời cúng kín" in text(client.get("/tu-lieu/"))


@BOTH
def test_a_withdrawn_record_leaves_a_tombstone_without_its_title(client: Client, festival: Record, prefix: str):
    withdraw(festival, user=make_admin(), reason="Cộng đồng xin gỡ")
    answer = client.get(f"{prefix}/ban-ghi/{festival.identifier}/")
    assert answer.status_code == 410
    assert festival.identifier in text(answer)
    assert "Gầu Tào" not in text(answer)
    assert "Cộng đồng xin gỡ" not in text(answer)


def test_counts_know_only_what_the_reader_may_see(client: Client, province: AdminUnit):
    make_record("Một", places=[province])
    make_record("Hai", places=[province], own_access=AccessLevel.STAFF)
    for address in ("/", "/tinh/", "/tu-lieu/", "/tinh/lao-cai/", "/dan-toc/nhom-08/"):
        answer = client.get(address)
        counts = [value for value in counted(answer.context) if value]
        assert counts and set(counts) == {1}, address


def counted(context) -> list[int]:
    """Every number of records that a page was given."""
    numbers = [kind.count for kind in context.get("kinds") or []] + [region.count for region in context.get("regions") or []]
    numbers += [kind.count for kind, _lines in context.get("sections") or []]
    numbers += [count for filter_ in context.get("filters") or [] for _value, _words, count in filter_.options]
    return [*numbers, context["page"].paginator.count] if "filters" in context else numbers


def test_a_related_record_that_the_reader_may_not_see_is_not_named(client: Client):
    hidden = make_record("Lời cúng kín", own_access=AccessLevel.STAFF)
    open_record = make_record("Lễ cúng rừng")
    RecordRelation.objects.create(record=open_record, kind="part_of", target=hidden)
    RecordRelation.objects.create(record=hidden, kind="describes", target=open_record)
    assert "Lời cúng kín" not in text(client.get(open_record.get_absolute_url()))


def test_a_file_for_the_office_alone_is_not_on_the_readers_page(client: Client, festival: Record):
    make_picture(festival, own_access=AccessLevel.STAFF)
    assert "Tệp thử" not in text(client.get(festival.get_absolute_url()))
    client.force_login(make_user("reviewer", make_office("bo")))
    assert "Tệp thử" in text(client.get(festival.get_absolute_url()))
