"""A cataloguer suggests a term while she writes; reviewers take it in, change it, merge it or refuse it with a reason."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from library.cataloguing.review.work_lists import number_waiting
from library.cataloguing.terms.actions.merge import begin_merge
from library.cataloguing.terms.actions.suggest import approve_term, refuse_term, suggest_term
from library.cataloguing.terms.actions.work import advance_merges
from library.records.actions.requirements import missing_for_publication
from library.records.models import Record
from library.review.actions.send_for_review import check_sending
from library.review.workflow import load_review_workflow
from library.vocabularies.lookup import term_rows
from library.vocabularies.models import Term, Vocabulary
from tests.factories import make_office, make_record, make_term, make_user

from .conftest import costume, material, materials_of

pytestmark = pytest.mark.django_db


def _suggested(label: str = "Sợi gai", role: str = "cataloguer") -> tuple[Term, Any]:
    material("lanh", "Vải lanh")
    user = make_user(role, make_office("tinh-15"))
    return suggest_term(Vocabulary.objects.get(code="materials"), label, user=user), user


@pytest.mark.parametrize(("role", "may"), [("contributor", False), ("cataloguer", True), ("reviewer", True), ("administrator", True)])
def test_who_may_suggest(role, may):
    if may:
        assert _suggested(role=role)[0].state == Term.State.SUGGESTED
    else:
        with pytest.raises(PermissionDenied):
            _suggested(role=role)


@pytest.mark.parametrize(("role", "may"), [("contributor", False), ("cataloguer", False), ("reviewer", True), ("administrator", True)])
def test_who_may_decide(role, may):
    term, _user = _suggested()
    decider = make_user(role, make_office("tinh-15"))
    if may:
        approve_term(term, user=decider)
        return
    with pytest.raises(PermissionDenied):
        approve_term(term, user=decider)
    with pytest.raises(PermissionDenied):
        refuse_term(term, "Trùng", user=decider)


def test_a_suggestion_is_usable_in_drafts_at_once_and_marked():
    term, _user = _suggested()
    assert term.code == "soi-gai"
    assert ("Sợi gai (đề xuất, chờ duyệt)", True) in [(row.label, row.offered) for row in term_rows("materials")]
    assert materials_of(costume("Váy", "soi-gai")) == ["soi-gai"]


def test_a_record_with_a_suggested_or_refused_term_is_not_published_and_so_no_facet_has_it():
    term, _user = _suggested()
    record = costume("Váy", "soi-gai")
    words = "Thuật ngữ “Sợi gai” chưa được duyệt."
    assert words in missing_for_publication(record)["details"]
    reviewer = make_user("reviewer", make_office("tinh-15"))
    refuse_term(term, "Dùng “lanh”.", user=reviewer)
    assert words in missing_for_publication(Record.objects.get(pk=record.pk))["details"]
    Term.objects.filter(pk=term.pk).update(state=Term.State.SUGGESTED)
    approve_term(term, user=reviewer)
    assert words not in missing_for_publication(Record.objects.get(pk=record.pk))["details"]


def test_a_record_is_sent_for_review_while_its_suggestion_waits_and_not_with_a_refused_term():
    term, user = _suggested()
    details = [{"type": "costume", "value": {"kind": "garment", "wearer": ["women"], "material": [term.code]}}]
    record = make_record("Váy", record_type="costume", details=details, published=False, office=user.office)
    load_review_workflow()
    check_sending(record, user)
    refuse_term(term, "Dùng “lanh”.", user=make_user("reviewer", user.office))
    with pytest.raises(ValidationError, match="chưa được duyệt"):
        check_sending(record, user)


def test_a_term_is_approved_with_other_words():
    term, _user = _suggested("soi gai")
    approve_term(term, user=make_user("reviewer", make_office()), label_vi="Sợi gai", label_en="Ramie")
    term.refresh_from_db()
    assert (term.label_vi, term.label_en, term.state) == ("Sợi gai", "Ramie", Term.State.APPROVED)


def test_a_reviewer_merges_a_suggestion_into_a_term_that_is_there():
    term, _user = _suggested("Vải lanh thô")
    record = costume("Váy", term.code)
    begin_merge(term, Term.objects.get(code="lanh"), user=make_user("reviewer", make_office()))
    while advance_merges():
        pass
    assert materials_of(record) == ["lanh"]


def test_what_is_there_already_and_what_follows_a_standard_is_not_suggested():
    user = make_user("cataloguer", make_office())
    material("lanh", "Vải lanh")
    with pytest.raises(ValidationError, match="Đã có “Vải lanh”"):
        suggest_term(Vocabulary.objects.get(code="materials"), "vai LANH", user=user)
    rights = make_term("rights_statements", "CNE").vocabulary
    with pytest.raises(ValidationError, match="danh mục chung"):
        suggest_term(rights, "Quyền mới", user=user)


def test_nobody_decides_twice():
    term, _user = _suggested()
    reviewer = make_user("reviewer", make_office())
    approve_term(term, user=reviewer)
    with pytest.raises(ValidationError, match="đã có người quyết định"):
        refuse_term(term, "Thôi", user=reviewer)


def test_the_page_of_work_tells_reviewers_what_waits_and_the_suggester_what_was_said(client):
    term, user = _suggested()
    reviewer = make_user("reviewer", make_office("tinh-15"))
    assert (number_waiting(reviewer), number_waiting(user)) == (1, 0)
    client.force_login(reviewer)
    assert reverse("decide_term", args=[term.pk]) in client.get(reverse("my_work")).content.decode()
    answer = client.post(reverse("decide_term", args=[term.pk]), {"label_vi": "Sợi gai", "refuse": "1", "reason": ""})
    assert "Xin ghi lý do" in answer.content.decode()
    client.post(reverse("decide_term", args=[term.pk]), {"label_vi": "Sợi gai", "refuse": "1", "reason": "Dùng chữ “lanh”."})
    client.force_login(user)
    page = client.get(reverse("my_work")).content.decode()
    assert "Sợi gai" in page
    assert "Dùng chữ “lanh”." in page


def test_the_form_sends_a_suggestion_and_hears_why_not(client):
    material("lanh", "Vải lanh")
    client.force_login(make_user("cataloguer", make_office()))
    said = client.post(reverse("suggest_term"), {"vocabulary": "materials", "label": "Sợi gai"}).json()
    assert (said["code"], said["label"]) == ("soi-gai", "Sợi gai (đề xuất, chờ duyệt)")
    again = client.post(reverse("suggest_term"), {"vocabulary": "materials", "label": "sợi gai"})
    assert (again.status_code, again.json()["error"]) == (400, "Đã có “Sợi gai”.")


def test_the_page_of_a_decision_leads_to_the_records_that_use_the_term(as_role):
    client, (term, _user) = as_role("reviewer"), _suggested()
    address = reverse("decide_term", args=[term.pk])
    assert "Xem những tư liệu ấy" not in client.get(address).content.decode()
    record = costume("Váy", term.code, office=make_office("tinh-15"))
    page = client.get(address)
    assert page.context["records_url"] in page.content.decode()
    assert list(client.get(page.context["records_url"]).context["object_list"]) == [record]
