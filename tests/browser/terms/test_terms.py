"""A cataloguer misses a term while she writes and suggests it; an administrator merges one term into another from the list."""

from typing import Any

import pytest
from playwright.sync_api import expect

from library.records.models import Record
from library.review.workflow import load_review_workflow
from library.vocabularies.models import Term
from tests.factories import make_office, make_record, make_term, make_user

from ..staff_screens import RECORDS, faults_of, sign_in

WORDS = [("lanh", "Vải lanh"), ("bong", "Vải bông"), ("to-tam", "Tơ tằm"), ("vai-lanh-tho", "Lanh thô")]


@pytest.fixture
def signed_in(site, open_page) -> Any:
    """The admin as somebody of the office sees it, by role."""
    load_review_workflow()

    def enter(role: str, width: int = 1440) -> Any:
        page = open_page("/", width=width)
        sign_in(page, site.url, make_user(role, make_office("tinh-15")).username, "secret-secret")
        return page

    return enter


def _materials(record: Record) -> list[str]:
    written = Record.objects.get(pk=record.pk).get_latest_revision_as_object()
    return list(written.details.get_prep_value()[0]["value"].get("material", []))


def test_a_missing_term_is_suggested_in_the_form_and_saved_with_the_draft(site, signed_in):
    for code, label in WORDS:
        make_term("materials", code, label)
    details = [{"type": "costume", "value": {}}]
    record = make_record("Váy thử", record_type="costume", details=details, published=False, office=make_office("tinh-15"))
    page = signed_in("cataloguer")
    page.goto(f"{site.url}{RECORDS}edit/{record.pk}/")
    box = page.locator("select[data-vocabulary=materials]")
    typing = page.get_by_label("Gõ vài chữ để tìm thuật ngữ").and_(page.locator("input:has(+ select[data-vocabulary=materials])"))
    typing.fill("vai bong")
    typing.press("Enter")
    expect(box).to_have_values(["bong"])
    typing.fill("Sợi gai")
    page.get_by_role("button", name="Đề xuất “Sợi gai”").click()
    page.get_by_text("Đã đề xuất. Dùng được ngay trong bản nháp").wait_for()
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu bản nháp").first.click()
    assert Term.objects.get(code="soi-gai").state == Term.State.SUGGESTED
    assert set(_materials(record)) == {"bong", "soi-gai"}


def test_a_term_is_merged_from_the_list_after_a_look_at_what_moves(site, signed_in, axe):
    old, new = [make_term("materials", code, label) for code, label in (WORDS[3], WORDS[0])]
    details = [{"type": "costume", "value": {"material": ["vai-lanh-tho"]}}]
    record = make_record("Váy thử", record_type="costume", details=details, published=False, office=make_office("tinh-15"))
    page = signed_in("administrator")
    page.goto(f"{site.url}/admin/snippets/vocabularies/term/?vocabulary={old.vocabulary_id}")
    page.get_by_role("row", name="Lanh thô").get_by_role("link", name="1 tư liệu dùng thuật ngữ này").wait_for()
    page.goto(f"{site.url}/admin/terms/{old.pk}/merge/")
    page.get_by_role("combobox").fill("vai lanh")
    page.get_by_role("option", name="Vải lanh", exact=True).click()
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_role("heading", name="Gộp “Lanh thô” vào “Vải lanh”").wait_for()
    assert faults_of(page, axe) == []
    page.get_by_role("button", name="Gộp vào “Vải lanh”").click()
    page.get_by_text("Đã gộp “Lanh thô” vào “Vải lanh”.").wait_for()
    assert _materials(record) == [new.code]
    page.goto(f"{site.url}/admin/snippets/vocabularies/term/edit/{new.pk}/")
    page.get_by_role("heading", name="Nhãn bằng tiếng khác, cách gọi khác").wait_for()
    assert faults_of(page, axe) == []
