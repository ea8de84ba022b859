"""Merging a term moves every use of it, wherever a table or a profile names terms; the old one leads to the new one for good."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import QueryDict
from django.urls import reverse
from wagtail.models import ModelLogEntry

from background.leases import LeaseLostError
from library.cataloguing.light_table.models import LightTable
from library.cataloguing.terms.actions.merge import begin_merge, places_of
from library.cataloguing.terms.actions.work import advance_merges, merge_at_once, move_some
from library.exchange.cells.lookups import Lookups
from library.lexicon.models import Concept, WordList
from library.records.actions.publish import publish
from library.records.models import Record, RecordDate, RecordLabel, TermUse
from library.records.terms.relations import STRUCTURE, term_columns
from library.records.terms.uses import update_all_term_uses
from library.vocabularies.lookup import term_labels, term_rows
from library.vocabularies.merges import merges
from library.vocabularies.models import Term, TermMerge
from search.facets import record_facets
from search.models import IndexEvent
from search.request import SearchForm
from tests.factories import make_group, make_office, make_record, make_term, make_user

from .conftest import costume, material, materials_of

pytestmark = pytest.mark.django_db


def _merge(old: Term, new: Term, **fields: Any) -> TermMerge:
    merge = begin_merge(old, new, user=fields.get("user") or make_user("administrator", make_office()))
    while advance_merges():
        pass
    merge.refresh_from_db()
    assert merge.state == TermMerge.State.DONE
    return merge


def _fill(column: Any, term: Term, record: Record) -> Any:
    """Has one row of a column point to the term; returns what reads it again."""
    table = column.table
    if table is Record:
        Record.objects.filter(pk=record.pk).update(**{column.name: term})
        return lambda: set(Record.objects.filter(pk=record.pk).values_list(column.name, flat=True))
    makers = {
        "Concept": lambda: Concept.objects.create(code="moon", label_vi="mặt trăng", field=term, order=1),
        "EthnicGroup_languages": lambda: make_group().languages.add(term),
        "EthnicGroup_scripts": lambda: make_group().scripts.add(term),
        "LightTable": lambda: LightTable.objects.create(office=record.office, rights=term, user=make_user("cataloguer", record.office)),
        "RecordDate": lambda: RecordDate.objects.create(record=record, edtf="1975", calendar=term),
        "RecordLabel": lambda: RecordLabel.objects.create(record=record, label=term),
        "RecordMedia": None,
        "WordList": lambda: WordList.objects.create(code="muong", variety="Mường", language=term),
    }
    name = table.__name__
    if name.startswith("Record_"):
        table.objects.create(record=record, term=term)
    elif name not in makers:
        pytest.fail(f"{name}.{column.name} points to terms: say in this test how a row of it is made")
    elif makers[name] is None:
        return None
    else:
        makers[name]()
    return lambda: set(column.rows.values_list(column.name, flat=True))


def test_every_column_of_every_table_that_points_to_terms_is_moved():
    old, new, record = material("cu"), material("moi"), make_record(published=False)
    reads = [(column, _fill(column, old, record)) for column in term_columns()]
    update_all_term_uses()
    _merge(old, new)
    for column, read in reads:
        if read is not None:
            assert old.pk not in read(), column
            assert new.pk in read(), column


def test_no_relation_to_terms_is_outside_both_the_uses_and_the_structure_of_vocabularies():
    relations = [each for each in Term._meta.get_fields(include_hidden=True) if each.auto_created and not each.concrete]
    tables = {each.through if each.many_to_many else each.related_model for each in relations}
    assert tables == {column.table for column in term_columns()} | set(STRUCTURE)


def test_own_fields_are_moved_and_hold_the_new_term_once():
    old, new = material("lanh"), material("vai-lanh")
    both, one, other = costume("Một", "lanh", "vai-lanh"), costume("Hai", "bong", "lanh"), costume("Ba", "bong")
    material("bong")
    _merge(old, new)
    assert (materials_of(both), materials_of(one), materials_of(other)) == (["vai-lanh"], ["bong", "vai-lanh"], ["bong"])


def test_a_draft_over_a_published_record_publishes_the_new_term():
    old, new = make_term("languages", "xx"), make_term("languages", "yy")
    record = make_record()
    draft = Record.objects.get(pk=record.pk)
    draft.languages = [old]
    draft.save_revision()
    _merge(old, new)
    again = Record.objects.get(pk=record.pk).get_latest_revision_as_object()
    assert [term.code for term in again.languages.all()] == ["yy"]
    publish(again, user=None)
    assert [term.code for term in Record.objects.get(pk=record.pk).languages.all()] == ["yy"]
    assert TermUse.objects.filter(record=record, term=new).exists()


def test_a_form_or_an_undo_that_writes_the_old_term_later_writes_the_new_one():
    old, new = material("lanh"), material("vai-lanh")
    _merge(old, new)
    late = costume("Gửi muộn", "lanh")
    assert materials_of(late) == ["vai-lanh"]
    assert TermUse.objects.get(record=late, term__vocabulary__code="materials").term == new


def test_the_index_hears_of_every_record_through_the_outbox():
    old, new = material("lanh"), material("vai-lanh")
    record = costume("Váy", "lanh")
    IndexEvent.objects.all().delete()
    _merge(old, new)
    assert IndexEvent.objects.filter(kind=IndexEvent.Kind.RECORD, object_id=record.pk).exists()
    assert ("vai-lanh",) in record_facets(Record.objects.get(pk=record.pk)).values()


def test_labels_of_the_old_term_name_the_new_one_in_pages_lists_and_tables():
    old, new = material("lanh", "Lanh cũ"), material("vai-lanh", "Vải lanh")
    _merge(old, new)
    assert term_labels("materials")["lanh"] == ("Vải lanh", "Vải lanh")
    assert [row.code for row in term_rows("materials")] == ["vai-lanh"]
    assert merges().code("materials", "lanh") == "vai-lanh"
    lookups = Lookups(make_office(), [], make_user("cataloguer", make_office()).viewer)
    assert lookups.terms["materials"]["lanh cu"] == lookups.terms["materials"]["lanh"] == (new.pk, "Vải lanh")


def test_terms_below_the_old_one_and_terms_merged_into_it_come_to_the_new_one():
    first, old, new = material("mot"), material("hai"), material("ba")
    child = material("con")
    Term.objects.filter(pk=child.pk).update(broader=old)
    _merge(first, old)
    _merge(old, new)
    child.refresh_from_db()
    first.refresh_from_db()
    assert (child.broader, first.merged_into) == (new, new)


def test_what_cannot_be_merged_is_refused_with_the_reason():
    user = make_user("administrator", make_office())
    old, new, below = material("cu"), material("moi"), material("duoi")
    Term.objects.filter(pk=below.pk).update(broader=old)
    gone = material("mat")
    _merge(gone, new)
    pairs = [
        (old, old, "chính nó"),
        (old, make_term("colours", "do"), "khác nhau"),
        (old, Term.objects.get(pk=below.pk), "nằm dưới"),
        (old, gone, "đã duyệt"),
        (gone, new, "rồi"),
        (make_term("record_types", "a"), make_term("record_types", "b"), "Phần mềm"),
    ]
    for first, second, words in pairs:
        with pytest.raises(ValidationError, match=words):
            begin_merge(first, second, user=user)


@pytest.mark.parametrize(("role", "may"), [("contributor", False), ("cataloguer", False), ("reviewer", False), ("administrator", True)])
def test_only_administrators_merge_approved_terms(role, may):
    old, new, user = material("cu"), material("moi"), make_user(role, make_office())
    if may:
        begin_merge(old, new, user=user)
    else:
        with pytest.raises(PermissionDenied):
            begin_merge(old, new, user=user)


def test_the_history_of_both_terms_says_who_merged_what():
    old, new, user = material("cu", "Cũ"), material("moi", "Mới"), make_user("administrator", make_office())
    _merge(old, new, user=user)
    for term in (old, new):
        entry = ModelLogEntry.objects.get(object_id=str(term.pk), action="vocabularies.merge_term")
        assert (entry.user, entry.data["old"], entry.data["new"]) == (user, "Cũ", "Mới")


def test_a_merge_that_was_cut_off_is_gone_on_with_and_does_nothing_twice(monkeypatch):
    monkeypatch.setattr("library.cataloguing.terms.actions.work.RECORDS_AT_ONCE", 2)
    old, new = material("cu"), material("moi")
    records = [costume(f"Váy {number}", "cu") for number in range(5)]
    merge = begin_merge(old, new, user=make_user("administrator", make_office()))
    TermMerge.objects.filter(pk=merge.pk).update(lease_token="worker")
    merge.refresh_from_db()
    assert move_some(merge)
    TermMerge.objects.filter(pk=merge.pk).update(lease_token="another", leased_until=None)
    with pytest.raises(LeaseLostError):
        move_some(merge)
    assert TermUse.objects.filter(term=old).count() == 3
    while advance_merges():
        pass
    assert [materials_of(record) for record in records] == [["moi"]] * 5
    merge.refresh_from_db()
    assert (merge.state, merge.done) == (TermMerge.State.DONE, 5)


def test_a_few_uses_are_moved_while_the_person_waits():
    old, new = material("cu"), material("moi")
    record = costume("Váy", "cu")
    merge_at_once(begin_merge(old, new, user=make_user("administrator", make_office())))
    assert materials_of(record) == ["moi"]


def test_the_preview_counts_records_and_each_place():
    old = make_term("languages", "xx", "tiếng Thử")
    make_record(languages=[old], published=False)
    make_group().languages.add(old)
    places = {place.label: place.number for place in places_of(old)}
    assert places["Tư liệu, kể cả bản nháp"] == 1
    assert places["dân tộc: ngôn ngữ"] == 1


def test_the_address_of_the_old_term_leads_to_the_new_one(as_role):
    old, new = material("cu"), material("moi")
    _merge(old, new)
    address = "wagtailsnippets_vocabularies_term:edit"
    answer = as_role("administrator").get(reverse(address, args=[old.pk]))
    assert answer["Location"] == reverse(address, args=[new.pk])


def test_the_screen_shows_what_would_move_before_it_moves(as_role):
    old, new = material("cu", "Vải cũ"), material("moi", "Vải mới")
    record = costume("Váy", "cu")
    client, address = as_role("administrator"), reverse("merge_term", args=[old.pk])
    assert "Giữ lại thuật ngữ nào" in client.get(address).content.decode()
    preview = client.get(address, {"target": new.pk}).content.decode()
    assert "Gộp “Vải cũ” vào “Vải mới”" in preview
    assert "Tư liệu, kể cả bản nháp" in preview
    assert materials_of(record) == ["cu"]
    answer = client.post(address, {"target": new.pk}, follow=True)
    assert "Đã gộp “Vải cũ” vào “Vải mới”." in answer.content.decode()
    assert materials_of(record) == ["moi"]


def test_the_screen_says_why_a_term_cannot_be_kept(as_role):
    old, below = material("cu"), material("duoi")
    Term.objects.filter(pk=below.pk).update(broader=old)
    answer = as_role("administrator").get(reverse("merge_term", args=[old.pk]), {"target": below.pk})
    assert "nằm dưới thuật ngữ gộp đi" in answer.content.decode()


@pytest.mark.parametrize("role", ["contributor", "cataloguer", "reviewer"])
def test_the_screen_of_merging_is_shut_for_others(as_role, role):
    assert as_role(role).get(reverse("merge_term", args=[material("cu").pk])).status_code == 302


def test_an_address_with_the_code_of_a_merged_term_asks_for_the_new_one():
    old, new = make_term("languages", "xx"), make_term("languages", "yy")
    _merge(old, new)
    form = SearchForm(QueryDict("tieng=xx&tieng=yy"))
    assert form.is_valid()
    assert form.request().facets == {"language": ("yy",)}
