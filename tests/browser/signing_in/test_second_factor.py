"""From an empty installation: a reviewer must have a second factor, sets up a passkey and an app, loses both, and the log tells of it."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from tests.browser.installation import PASSWORD, ROOT, Installation, empty_installation
from tests.browser.office_screens import give_oneself_an_office, invite
from tests.browser.staff_screens import sign_in
from tests.browser.test_nothing_typed_is_lost import _new_festival, _status

SECURITY = "**/tai-khoan/bao-mat/"
REVIEWER = "vang-thi-lan"
VIRTUAL_KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Browsers keep passkeys for names only, not for numbers: the address is ``localhost``."""
    with empty_installation(tmp_path_factory, SECOND_FACTOR_ROLES="reviewer") as started:
        yield Installation(_by_name(started.url), started.log)


def _by_name(address: str) -> str:
    return address.replace("127.0.0.1", "localhost")


def _give_passkeys(page: Any) -> None:
    """The browser gets a device that says yes to every question of a passkey."""
    protocol = page.context.new_cdp_session(page)
    protocol.send("WebAuthn.enable")
    protocol.send("WebAuthn.addVirtualAuthenticator", {"options": VIRTUAL_KEY})


def _password(page: Any, url: str) -> None:
    page.goto(f"{url}/admin/login/")
    page.fill("[name=username]", REVIEWER)
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.get_by_role("heading", name="Bước hai của đăng nhập").wait_for()


def _code(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def _set_up_a_passkey(page: Any, link: str, axe: Callable[[Any], list[str]]) -> list[str]:
    """Accepts the invitation and does what has to be done first; returns the recovery codes."""
    page.goto(link)
    page.fill("[name=new_password1]", PASSWORD)
    page.fill("[name=new_password2]", PASSWORD)
    page.get_by_role("button", name="Đặt mật khẩu và vào").click()
    page.wait_for_url(SECURITY)
    page.get_by_text("nên cần xác thực hai bước").wait_for()
    assert axe(page) == []
    page.get_by_role("link", name="Thêm khóa").click()
    page.get_by_label("Tên khóa").fill("Vân tay của máy cơ quan")
    assert axe(page) == []
    page.get_by_role("button", name="Thêm khóa").click()
    page.get_by_role("heading", name="Mã dự phòng").wait_for()
    shown = page.locator(".security__codes code")
    expect(shown).to_have_count(10)
    codes = shown.all_inner_texts()
    page.get_by_role("link", name="Đã cất mã").click()
    page.get_by_role("link", name="Về chỗ làm việc").click()
    page.wait_for_url("**/admin/")
    return list(codes)


def _set_up_an_app(page: Any, url: str) -> str:
    """Returns what the app on the telephone knows."""
    page.goto(f"{url}/tai-khoan/bao-mat/")
    page.get_by_role("link", name="Đặt ứng dụng").click()
    secret = str(page.locator(".security__secret").inner_text())
    page.get_by_label("Mã sáu số").fill(_code(secret))
    page.get_by_role("button", name="Xong").click()
    page.get_by_text("Từ nay đăng nhập cần thêm mã").wait_for()
    return secret


def _sign_in_over_a_form(page: Any, url: str, recovery_code: str) -> None:
    """The session ends while a record is written: password and code are asked for over the form, and the text is stored."""
    page.set_viewport_size({"width": 1440, "height": 900})
    _new_festival(page, url, "Hội Roóng Poọc")
    page.context.clear_cookies()
    page.fill("[name=summary_vi]", "Người Giáy mở hội xuống đồng.")
    dialog = page.get_by_role("dialog", name="Phiên đăng nhập đã hết")
    dialog.wait_for()
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Làm tiếp").click()
    page.get_by_label("Mã của bước hai").fill(recovery_code)
    page.get_by_role("button", name="Làm tiếp").click()
    dialog.wait_for(state="hidden")
    _status(page, "Đã tự lưu lúc")
    page.reload()
    expect(page.locator("[name=summary_vi]")).to_have_value("Người Giáy mở hội xuống đồng.")


def test_a_reviewer_sets_up_a_second_factor_uses_it_and_has_it_reset(installation, somebody, axe):
    url, (root, lan, phone) = installation.url, (somebody(), somebody(), somebody())
    sign_in(root, url, ROOT, PASSWORD)
    give_oneself_an_office(root)
    root.goto(f"{url}/admin/")
    root.get_by_role("link", name="Cơ quan và người").click()
    root.get_by_role("link", name="Bộ phụ trách văn hóa").first.click()
    _give_passkeys(lan)
    codes = _set_up_a_passkey(lan, _by_name(invite(root, "Vàng Thị Lan", "Người duyệt")), axe)

    lan.context.clear_cookies()
    _password(lan, url)
    assert axe(lan) == []
    lan.get_by_role("button", name="Dùng khóa truy cập").click()
    lan.wait_for_url("**/admin/")
    secret = _set_up_an_app(lan, url)

    _password(phone, url)
    phone.get_by_label("Mã sáu số").fill("000000")
    phone.get_by_role("button", name="Vào").click()
    phone.get_by_text("Mã chưa đúng").wait_for()
    phone.get_by_label("Mã sáu số").fill(_code(secret))
    phone.get_by_role("button", name="Vào").click()
    phone.wait_for_url("**/admin/")

    phone.goto(f"{url}/tai-khoan/bao-mat/")
    assert axe(phone) == []
    phone.goto(f"{url}/en/tai-khoan/bao-mat/")
    phone.goto(f"{url}/tai-khoan/bao-mat/")
    phone.get_by_role("button", name="Đăng xuất ở mọi nơi khác").click()
    phone.get_by_text("Đã đăng xuất ở nơi khác.").wait_for()
    lan.goto(f"{url}/admin/")
    lan.wait_for_url("**/admin/login/**")

    _sign_in_over_a_form(phone, url, codes[0])

    root.goto(f"{url}/admin/users/")
    root.get_by_role("link", name="Vàng Thị Lan").first.click()
    root.get_by_role("link", name="Đặt lại xác thực hai bước").click()
    root.get_by_role("button", name="Đặt lại xác thực hai bước").click()
    root.get_by_text("Đã đặt lại xác thực hai bước của Vàng Thị Lan").wait_for()
    root.goto(f"{url}/admin/reports/site-history/?label={REVIEWER}")
    for words in ("Quản trị đã đặt lại xác thực hai bước", "Đăng nhập không được: sai mật khẩu hoặc mã", "127.0.0.1"):
        root.get_by_text(words).first.wait_for()
    phone.goto(f"{url}/admin/")
    phone.wait_for_url("**/admin/login/**")
