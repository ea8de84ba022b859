"""Pages in Chromium, the admin with its dialogs: nothing that the Content-Security-Policy refuses, no error in a script.

``open_page`` listens for both and for requests to elsewhere, and fails the test at its end. Every kind of public page is looked at in
``test_pages_in_chromium.py``, which listens too.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from library.curation.models import TextPage
from library.records.models import Record
from tests.browser.staff_screens import RECORDS, sign_in
from tests.browser.waiting import patient, until_true
from tests.factories import make_office, make_term, make_user

PASSWORD = "secret-secret"
STAFF_LISTS = (
    "/admin/", RECORDS, f"{RECORDS}add/", "/admin/media/", "/admin/media/new/", "/admin/pages/", "/admin/users/",
    "/admin/reports/site-history/", "/admin/reports/locked/", "/admin/account/",
)  # fmt: skip


@pytest.fixture
def staff(site: Any, open_page: Callable[..., Any]) -> Any:
    """The browser of an administrator who has signed in."""
    make_term("vn_ich_categories", "le-hoi", "Lễ hội truyền thống")
    page = open_page("/admin/login/", width=1440)
    sign_in(page, site.url, make_user("administrator", make_office("bo")).username, PASSWORD)
    return page


def test_a_script_that_the_policy_refuses_is_heard(site: Any, chromium: Any):
    page = patient(chromium.new_page())
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.goto(site.url + "/")
    page.evaluate("() => { const image = new Image(); image.src = 'http://localhost:1/x.png'; document.body.append(image) }")
    until_true(page, lambda: any("Content Security Policy" in text for text in heard), "the refusal is heard")
    page.close()


def test_pages_of_accounts_and_a_narrowed_search_keep_to_the_policy(open_page: Callable[..., Any]):
    for address in ("/tai-khoan/dang-nhap/", "/en/tai-khoan/loi-moi/", "/tim-kiem/?q=gau&dan-toc=mong"):
        page = open_page(address)
        assert page.locator("h1").count() == 1, address  # the page itself came; what was refused on it is asserted when it closes


def test_staff_pages_and_their_dialogs_keep_to_the_policy(site: Any, staff: Any):
    for address in STAFF_LISTS:
        answer = staff.goto(site.url + address)
        assert answer.status == 200, address
    costume = Record.objects.get(title_vi="Váy lanh Mông Hoa")
    _record_form(staff, site.url + reverse("wagtailsnippets_records_record:edit", args=[costume.pk]))
    _page_editor(staff, site.url + reverse("wagtailadmin_pages:edit", args=[TextPage.objects.first().pk]))


def _record_form(page: Any, address: str) -> None:
    """Rich text, the preview in its frame, and the dialog that chooses or uploads a file."""
    page.goto(address)
    page.locator("[data-side-panel-toggle=preview]").click()
    page.frame_locator("#w-preview-iframe").locator("h1", has_text="Váy lanh").wait_for()
    page.locator("[data-side-panel-toggle=preview]").click()
    page.get_by_role("tab", name="Ảnh, tiếng, phim").click()
    page.get_by_role("button", name="Thêm tệp").click()
    page.get_by_role("button", name="Chọn tệp").last.click()
    page.locator(".modal-content").get_by_role("tab", name="Tải lên").click()
    page.locator(".modal-content input[type=file]").wait_for()


def _page_editor(page: Any, address: str) -> None:
    """The blocks of a stream, with an editor of rich text."""
    page.goto(address)
    page.locator(".c-sf-add-button").first.click()
    page.get_by_role("option", name="Đoạn văn").click()
    page.locator(".Draftail-Editor").last.wait_for()
