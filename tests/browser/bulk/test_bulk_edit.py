"""An officer changes many records at once from the list: ticks them, sees before and after, presses, and takes it back."""

from typing import Any

import pytest

from library.cataloguing.bulk.actions.work import advance_bulk_edits
from library.records.models import Record
from library.review.workflow import load_review_workflow
from tests.factories import make_office, make_record, make_user

from ..staff_screens import RECORDS, faults_of, sign_in


@pytest.fixture
def officer(site, open_page) -> Any:
    """The admin, with somebody of the office signed in."""
    load_review_workflow()
    user = make_user("cataloguer", make_office("tinh-15"))
    page = open_page("/", width=1366)
    sign_in(page, site.url, user.username, "secret-secret")
    return page


def _step(page: Any, name: str) -> None:
    """Presses the button, does the worker's part, and shows the page again."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()
    while advance_bulk_edits():
        pass
    page.reload()


def test_two_records_get_a_keyword_and_lose_it_again(site, officer, axe):
    records = [make_record(f"Hội thử {name}", office=make_office("tinh-15"), published=False) for name in ("Một", "Hai")]
    page = officer
    page.goto(f"{site.url}{RECORDS}?q=hoi+thu")
    for record in records:
        page.locator(f"input[data-object-id='{record.pk}']").check()
    with page.expect_navigation():
        page.get_by_role("link", name="Sửa các tư liệu đã chọn").click()
    assert faults_of(page, axe) == []
    page.get_by_role("link", name="Từ khóa").click()
    page.locator("[name=chosen]").wait_for()
    assert faults_of(page, axe) == []
    page.fill("[name=chosen]", "hội xuân, mùa xuân")
    with page.expect_navigation():
        page.get_by_role("button", name="Xem trước").click()
    page.get_by_role("row", name="Hội thử Một").get_by_text("hội xuân, mùa xuân").wait_for()
    assert faults_of(page, axe) == []
    _step(page, "Sửa 2 tư liệu")
    page.get_by_role("heading", name="Xong").wait_for()
    assert faults_of(page, axe) == []
    for record in records:
        assert {tag.name for tag in Record.objects.get(pk=record.pk).tags.all()} == {"hội xuân", "mùa xuân"}
    page.get_by_text("Hoàn tác cả lần sửa…").click()
    _step(page, "Hoàn tác")
    page.get_by_text("Mọi thứ đã trở về như trước lần sửa.").wait_for()
    assert not any(Record.objects.get(pk=record.pk).tags.exists() for record in records)
