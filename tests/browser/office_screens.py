"""The first screens of a new installation as people use them: one's own office, invitations, the first password."""

from typing import Any

from tests.browser.installation import PASSWORD


def invite(page: Any, name: str, role: str) -> str:
    """Invites somebody into the office on the page; returns the link that is printed on the invitation."""
    page.get_by_role("link", name="Mời người").click()
    page.get_by_label("Họ và tên").fill(name)
    page.get_by_label(f"{role}:").check()
    page.get_by_role("button", name="Tạo lời mời").click()
    page.get_by_role("heading", name=f"Giấy mời của {name}").wait_for()
    link = str(page.locator(".invitation__link a").inner_text())
    page.get_by_role("link", name="Về cơ quan").click()
    return link


def accept(page: Any, link: str) -> None:
    """Follows the link, chooses a password, and is in the admin."""
    page.goto(link)
    page.fill("[name=new_password1]", PASSWORD)
    page.fill("[name=new_password2]", PASSWORD)
    page.get_by_role("button", name="Đặt mật khẩu và vào").click()
    page.wait_for_url("**/admin/")


def give_oneself_an_office(page: Any) -> None:
    """The first steps of a new superuser."""
    page.get_by_role("heading", name="Việc đầu tiên").wait_for()
    page.get_by_role("link", name="Chọn cơ quan của mình").click()
    page.get_by_label("Họ và tên").fill("Nguyễn Thị Gốc")
    page.get_by_label("Cơ quan", exact=True).select_option(label="Bộ phụ trách văn hóa")
    page.get_by_role("button", name="Lưu").click()
    page.get_by_role("heading", name="Bộ phụ trách văn hóa").first.wait_for()
