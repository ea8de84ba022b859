"""The record form in Chromium: sent while it is saving itself, it waits, and nothing is stored twice."""

import re
from typing import Any

import pytest

from library.records.models import Record
from library.review.workflow import load_review_workflow
from tests.factories import make_office, make_record, make_term, make_user

from .staff_screens import open_tab, sign_in
from .waiting import until_true

JSON = "application/json"  # what an autosave asks for; a person's own request asks for a page
WATCHED = """() => window.wagtail.app.getControllerForElementAndIdentifier(
    document.querySelector("form[data-edit-form]"), "w-unsaved").initialFormData"""


@pytest.fixture
def form(site, open_page) -> tuple[Any, Record]:
    """(the form of a draft, the draft)."""
    load_review_workflow()
    make_term("vn_ich_categories", "le-hoi", "Lễ hội truyền thống")
    office = make_office("tinh-15")
    officer = make_user("cataloguer", office)
    record = make_record("Hội Xuống đồng", office=office, created_by=officer, published=False)
    record.sources.all().delete()
    record.save_revision(user=officer)
    page = open_page("/", width=1440)
    sign_in(page, site.url, officer.username, "secret-secret")
    page.goto(f"{site.url}/admin/snippets/records/record/edit/{record.pk}/")
    return page, record


def test_submit_waits_for_the_autosave_and_keeps_its_action(site, form):
    page, record = form
    held, posts, sent = [], [], []

    def hold(route: Any) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        by_itself = JSON in route.request.headers.get("accept", "")
        posts.append("autosave" if by_itself else "person")
        if by_itself:
            held.append(route)
        else:
            sent.append(route.request.post_data or "")
            route.continue_()

    page.wait_for_function(WATCHED)  # from now on the form saves what is typed
    page.route("**/edit/**", hold)
    open_tab(page, "Nguồn")
    page.get_by_role("button", name="Thêm nguồn").click()
    page.fill("[name=sources-0-citation]", "Sổ tay của xã Tả Phìn, 2024")
    page.get_by_text("Đang lưu…").wait_for()
    page.locator(".w-dropdown__toggle, [data-w-dropdown-target=toggle]").last.click()
    page.locator("[name=action-submit]").click()
    until_true(page, lambda: held, "the form saves itself")
    page.evaluate("0")  # a submit that did not wait would have left by now
    assert posts == ["autosave"]
    seen = page.input_value("[name=loaded_revision_id]")
    held[0].continue_()
    page.wait_for_url("**/admin/snippets/records/record/")
    record.refresh_from_db()
    autosaved = record.revisions.order_by("-pk")[1]
    assert str(autosaved.pk) != seen
    assert re.search(rf'loaded_revision_id(=|"\s+){autosaved.pk}\b', sent[0])
    assert record.latest_revision.as_object().sources.count() == 1
    assert record.workflow_in_progress
