"""From an empty installation: an officer catalogues a product and its maker's consent; a buyer opens the passport and keeps it."""

import re
from typing import Any

from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.installation import PASSWORD, ROOT
from tests.browser.office_screens import give_oneself_an_office
from tests.browser.staff_screens import RECORDS, add_source, choose_in_menu, open_menu, open_tab, sign_in

CLOTH, MAKER, PHONE = "Vải lanh Tả Phìn", "Hợp tác xã Tả Phìn", "0214 3 000 111"


def _describe(page: Any, url: str) -> None:
    """A product with its maker and how to reach her."""
    page.goto(f"{url}{RECORDS}add/?type=product")
    page.fill("[name=title_vi]", CLOTH)
    page.fill("[name=summary_vi]", "Vải lanh dệt ở Tả Phìn.")
    page.select_option("[name=details-0-value-kind]", label="sản phẩm")
    page.locator("[data-contentpath=contact] button.c-sf-add-button").first.click()
    page.fill("[name=details-0-value-contact-0-value-name]", MAKER)
    page.fill("[name=details-0-value-contact-0-value-phone]", PHONE)
    open_tab(page, "Của ai, ở đâu")
    page.get_by_role("combobox").first.fill("mong")
    page.get_by_role("option", name="Mông", exact=True).wait_for()
    page.keyboard.press("Enter")
    add_source(page)
    choose_in_menu(page, "Đăng")


def _consent(page: Any) -> None:
    """From the list of records by the menu of the form to the page of consents, which takes one."""
    page.get_by_role("link", name=CLOTH).first.click()
    open_menu(page)
    page.get_by_role("link", name="Đồng ý cho liên hệ…").click()
    page.get_by_label("Người đồng ý").fill(MAKER)
    page.get_by_label("bằng giấy").check()
    page.get_by_label("Ngày đồng ý").fill(f"{timezone.localdate():%d/%m/%Y}")
    page.get_by_label("Số giấy, hoặc nơi cất băng").fill("Giấy đồng ý số 1")
    page.get_by_role("button", name="Ghi", exact=True).click()
    page.get_by_text("Đang có sự đồng ý").wait_for()


def test_a_passport_is_kept_offline_and_a_withdrawn_consent_hides_the_contact(installation, somebody, axe, tmp_path):
    url, officer, buyer = installation.url, somebody(), somebody(360)
    sign_in(officer, url, ROOT, PASSWORD)
    give_oneself_an_office(officer)
    _describe(officer, url)

    buyer.goto(f"{url}/tu-lieu/?loai=product")
    buyer.get_by_role("link", name=CLOTH).click()
    expect(buyer.locator("h1")).to_have_text(CLOTH, use_inner_text=True)
    assert not buyer.get_by_text(PHONE).count()

    _consent(officer)
    buyer.get_by_role("link", name="Một trang để giữ lại").click()
    expect(buyer.get_by_role("link", name=PHONE)).to_have_attribute("href", "tel:02143000111")
    assert buyer.evaluate("document.documentElement.scrollWidth") <= 360
    assert axe(buyer) == []
    with buyer.expect_download() as kept:
        buyer.get_by_role("link", name="Giữ tệp này").click()
    copy = tmp_path / "ho-chieu.html"
    kept.value.save_as(copy)

    passport = buyer.url
    buyer.context.set_offline(True)
    buyer.goto(copy.as_uri())
    expect(buyer.get_by_role("link", name=PHONE)).to_be_visible()
    assert re.search(r"rgb\(33, 47, 87\)", buyer.evaluate("getComputedStyle(document.querySelector('header')).backgroundColor"))
    assert buyer.get_by_role("img", name="Mã QR").bounding_box()["width"] > 80
    buyer.context.set_offline(False)

    officer.get_by_role("button", name="Rút lại sự đồng ý").click()
    officer.get_by_text("Chưa có sự đồng ý").wait_for()
    for address in (passport, passport.replace("/ban-ghi/", "/en/ban-ghi/")):
        buyer.goto(address)
        expect(buyer.locator("h1")).to_have_text(CLOTH, use_inner_text=True)
        assert not buyer.get_by_text(PHONE).count()
