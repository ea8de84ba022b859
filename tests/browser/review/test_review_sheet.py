"""The reading sheet in a browser: on a phone, by keyboard, and after the session has ended."""

from typing import Any

import pytest
from playwright.sync_api import expect

from library.records.models import Record
from library.review.models import current_step
from library.review.workflow import load_review_workflow
from tests.browser.staff_screens import sign_in
from tests.factories import make_office, make_record, make_term, make_user
from tests.waiting import wait_until

PASSWORD = "secret-secret"


@pytest.fixture
def waiting(site, open_page) -> tuple[Any, Record]:
    """The sheet of a record that waits, on a phone; a reviewer of its office has signed in."""
    load_review_workflow()
    make_term("vn_ich_categories", "le-hoi", "Lễ hội truyền thống")
    office = make_office("tinh-15")
    author, reviewer = make_user("cataloguer", office), make_user("reviewer", office)
    record = make_record("Hội chờ đọc", office=office, published=False, created_by=author)
    record.save_revision(user=author)
    record.get_workflow().start(Record.objects.get(pk=record.pk), author)
    page = open_page("/")
    sign_in(page, site.url, reviewer.username, PASSWORD)
    page.goto(f"{site.url}/admin/records/{record.pk}/review/")
    return page, record


def test_a_phone_shows_the_whole_sheet_and_nothing_is_wrong_with_it(waiting, site, axe):
    page, _record = waiting
    for address in (page.url, f"{site.url}/admin/my-work/"):
        page.goto(address)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.go_back()
    expect(page.frame_locator("iframe").first.locator("h1")).to_have_text("Hội chờ đọc", use_inner_text=True)


def test_a_review_is_decided_by_keyboard(waiting):
    page, record = waiting
    page.get_by_label("Lý do trả lại, hoặc góp ý").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == "approve"
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/my-work/")
    assert Record.objects.get(pk=record.pk).live


def test_a_session_that_ended_asks_for_the_password_and_the_reason_is_sent(waiting):
    page, record = waiting
    page.get_by_label("Lý do trả lại, hoặc góp ý").fill("Nơi mở hội ghi tên cũ.")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Trả lại kèm lý do").click()
    page.locator("dialog[open] [type=password]").fill(PASSWORD)
    page.locator("dialog[open] [type=submit]").click()
    page.wait_for_url("**/admin/my-work/")
    wait_until(lambda: current_step(record) is None, what="the decision is stored")
    assert record.workflow_states.get().current_task_state.comment == "Nơi mở hội ghi tên cũ."
