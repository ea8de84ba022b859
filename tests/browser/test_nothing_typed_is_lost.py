"""From an empty installation: a session ends in the middle of the text, the network goes, the browser is reloaded, two officers write."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.installation import PASSWORD, ROOT
from tests.browser.office_screens import accept, give_oneself_an_office, invite
from tests.browser.staff_screens import RECORDS, sign_in

LATER = "Mưa thì hội lùi một ngày."


@pytest.fixture
def officers(installation, somebody) -> tuple[Any, Any]:
    """Two officers of one office, signed in, each in a browser of their own."""
    root, lan, pao = somebody(), somebody(), somebody()
    sign_in(root, installation.url, ROOT, PASSWORD)
    if root.get_by_role("heading", name="Việc đầu tiên").count():
        give_oneself_an_office(root)
    root.goto(f"{installation.url}/admin/")
    root.get_by_role("link", name="Cơ quan và người").click()
    root.get_by_role("link", name="Bộ phụ trách văn hóa").first.click()
    accept(lan, invite(root, "Vàng Thị Lan", "Người biên mục"))
    accept(pao, invite(root, "Giàng A Páo", "Người biên mục"))
    return lan, pao


def _status(page: Any, words: str) -> None:
    """Waits until the line at the foot of the form says so."""
    page.locator("[data-saving-status]").get_by_text(words).wait_for()


def _new_festival(page: Any, url: str, title: str) -> str:
    """Begins a record and waits until it has saved itself; returns the address of its form."""
    page.goto(f"{url}{RECORDS}add/")
    page.get_by_role("link", name="Di sản phi vật thể").click()
    _watched(page)
    page.fill("[name=title_vi]", title)
    _status(page, "Đã tự lưu lúc")
    page.wait_for_url("**/edit/**")
    return str(page.url)


def _watched(page: Any) -> None:
    """Waits until the form looks for changes, which it does two seconds after it was opened."""
    page.wait_for_function(
        """() => window.wagtail?.app?.getControllerForElementAndIdentifier(
            document.querySelector("form[data-edit-form]"), "w-unsaved")?.initialFormData"""
    )


def _stored(officer: Any, address: str, name: str) -> str:
    """What another page of the same browser shows in a field: what the server has."""
    page = officer.context.new_page()
    page.goto(address)
    value = page.input_value(f"[name={name}]")
    page.close()
    return str(value)


def _sign_in_over_the_form(page: Any) -> None:
    page.get_by_role("dialog", name="Phiên đăng nhập đã hết").wait_for()
    page.get_by_label("Mật khẩu").fill("sai")
    page.get_by_role("button", name="Làm tiếp").click()
    page.get_by_text("mật khẩu chưa đúng").wait_for()
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Làm tiếp").click()


def test_nothing_typed_is_lost(installation, somebody, officers):
    url, (lan, pao) = installation.url, officers
    address = _new_festival(lan, url, "Hội Roóng Poọc")

    lan.context.clear_cookies()  # the session and the key of forms are gone
    lan.fill("[name=summary_vi]", "Người Giáy mở hội xuống đồng.")
    _sign_in_over_the_form(lan)
    _status(lan, "Đã tự lưu lúc")
    assert _stored(lan, address, "summary_vi") == "Người Giáy mở hội xuống đồng."

    lan.context.clear_cookies()
    lan.get_by_role("button", name="Lưu bản nháp").click()
    _sign_in_over_the_form(lan)
    lan.get_by_text("đã được cập nhật").wait_for()

    lan.goto(address)
    _watched(lan)
    lan.context.set_offline(True)
    lan.fill("[name=summary_vi]", LATER)
    _status(lan, "mất mạng")
    with lan.expect_event("requestfailed", lambda request: "sign-in-again" in request.url):
        lan.get_by_role("button", name="Lưu bản nháp").click()
    _status(lan, "mất mạng")
    assert lan.input_value("[name=summary_vi]") == LATER
    lan.context.set_offline(False)
    _status(lan, "Đã tự lưu lúc")
    assert _stored(lan, address, "summary_vi") == LATER

    lan.context.set_offline(True)
    lan.fill("[name=title_en]", "Roong Pooc feast")
    _status(lan, "mất mạng")
    lan.on("dialog", lambda dialog: dialog.accept())  # the browser asks before it leaves
    lan.context.route("**/edit/**", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    lan.context.set_offline(False)
    lan.goto(address)
    lan.context.unroute("**/edit/**")
    expect(lan.locator("[name=title_en]")).to_have_value("")
    lan.get_by_text("Có bản chưa lưu lúc").wait_for()
    lan.get_by_role("button", name="Xem và dùng lại").click()
    lan.get_by_role("heading", name="So bản chưa lưu với bản đang lưu").wait_for()
    lan.get_by_text("Roong Pooc feast").first.wait_for()
    expect(lan.locator("[name=title_en]")).to_have_value("Roong Pooc feast")

    pao.goto(address)
    _watched(pao)
    lan.get_by_role("button", name="Lưu chữ đã chọn").click()
    lan.get_by_text("đã được cập nhật").wait_for()
    lan.wait_for_function("() => !Object.keys(localStorage).some(key => key.startsWith('unsaved:'))")

    pao.fill("[name=title_en]", "Going down feast")
    pao.fill("[name=summary_en]", "The feast of going down to the field.")
    _status(pao, "Vàng Thị Lan vừa lưu bản khác")
    pao.get_by_role("button", name="Xem hai bản và chọn").click()
    pao.get_by_role("heading", name="Có người vừa sửa cùng tư liệu này").wait_for()
    pao.get_by_label("Bản của Vàng Thị Lan: Roong Pooc feast").check()
    pao.get_by_role("button", name="Lưu chữ đã chọn").dblclick()
    pao.get_by_text("đã được cập nhật").wait_for()
    assert _stored(pao, address, "title_en") == "Roong Pooc feast"
    assert _stored(pao, address, "summary_en") == "The feast of going down to the field."
