"""After an upgrade the uses of terms are not written down yet: a merge is complete all the same, and no term in use is deleted."""

import pytest
from django.test import Client
from django.urls import reverse

from library.cataloguing.terms.actions.merge import begin_merge
from library.cataloguing.terms.actions.work import advance_merges, merge_at_once
from library.records.models import TermUse
from library.records.terms.uses import unwritten
from library.vocabularies.models import Term, TermMerge
from search.models import IndexEvent
from tests.factories import make_office, make_term, make_user

from .conftest import costume, material, materials_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> object:
    return make_user("administrator", make_office())


def test_a_merge_finds_codes_in_fields_whose_uses_nobody_has_written_down(monkeypatch, administrator):
    monkeypatch.setattr("library.records.terms.uses.RECORDS_AT_ONCE", 2)
    old, new = material("lanh"), material("vai-lanh")
    material("bong")
    records = [costume(f"Váy {number}", "lanh") for number in range(3)]
    other = costume("Áo", "bong")
    TermUse.objects.all().delete()
    IndexEvent.objects.all().delete()
    merge_at_once(begin_merge(old, new, user=administrator))
    assert [materials_of(record) for record in [*records, other]] == [["vai-lanh"]] * 3 + [["bong"]]
    assert TermMerge.objects.get().state == TermMerge.State.DONE
    assert set(TermUse.objects.filter(term=new).values_list("record", flat=True)) == {record.pk for record in records}
    told = set(IndexEvent.objects.values_list("object_id", flat=True))
    assert {record.pk for record in records} <= told and other.pk not in told


def test_a_large_library_is_gone_over_by_the_worker_in_steps(monkeypatch, administrator):
    monkeypatch.setattr("library.cataloguing.terms.actions.work.AT_ONCE", 2)
    monkeypatch.setattr("library.records.terms.uses.RECORDS_AT_ONCE", 2)
    old, new = material("lanh"), material("vai-lanh")
    records = [costume(f"Váy {number}", "lanh") for number in range(3)]
    TermUse.objects.all().delete()
    merge_at_once(begin_merge(old, new, user=administrator))
    assert [materials_of(record) for record in records] == [["lanh"]] * 3
    while advance_merges():
        pass
    assert [materials_of(record) for record in records] == [["vai-lanh"]] * 3
    assert not unwritten().exists()


def test_the_preview_says_that_its_numbers_may_be_too_small(as_role):
    client, old, new = as_role("administrator"), material("lanh"), material("vai-lanh")
    costume("Váy", "lanh")
    address = f"{reverse('merge_term', args=[old.pk])}?target={new.pk}"
    words = "nên số tư liệu ở trên có thể còn thiếu"
    assert words not in client.get(address).content.decode()
    TermUse.objects.all().delete()
    assert words in client.get(address).content.decode()


def test_the_preview_of_two_languages_says_that_tags_in_texts_stay(as_role):
    client, words = as_role("administrator"), "thì giữ nguyên mã"
    pairs = [(make_term("languages", "xx"), make_term("languages", "yy")), (material("lanh"), material("vai-lanh"))]
    pages = [client.get(f"{reverse('merge_term', args=[old.pk])}?target={new.pk}").content.decode() for old, new in pairs]
    assert [words in page for page in pages] == [True, False]


@pytest.mark.parametrize("door", ["one", "many"])
def test_no_door_deletes_a_term_that_something_uses(admin_client: Client, door: str) -> None:
    used, narrower, free = material("lanh", "Lanh"), material("lanh-trang"), material("thua")
    broader = material("soi", "Sợi")
    Term.objects.filter(pk=narrower.pk).update(broader=broader)
    costume("Váy", "lanh")
    for terms in ([used, free] if door == "many" else [used], [broader], [free]):
        one = reverse("wagtailsnippets_vocabularies_term:delete", args=[terms[0].pk])
        many = reverse("wagtail_bulk_action", args=["vocabularies", "term", "delete"]) + "?" + "&".join(f"id={term.pk}" for term in terms)
        page = admin_client.post(one if door == "one" else many, follow=True).content.decode()
        assert ("đang được dùng nên không xóa được" in page) is (terms != [free])
    assert set(Term.objects.filter(vocabulary__code="materials").values_list("code", flat=True)) == {"lanh", "lanh-trang", "soi"}


def test_nothing_is_deleted_while_uses_are_not_written_down(admin_client: Client) -> None:
    used = material("lanh")
    costume("Váy", "lanh")
    TermUse.objects.all().delete()
    admin_client.post(reverse("wagtailsnippets_vocabularies_term:delete", args=[used.pk]))
    assert Term.objects.filter(pk=used.pk).exists()
