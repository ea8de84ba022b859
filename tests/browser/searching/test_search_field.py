"""The search field in a real browser: offers by keyboard, pointer and for a screen reader; letters that a keyboard lacks; years dragged."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

FIELD = "input#q"


def _type(page: Any, text: str) -> Any:
    """Puts in a text at once, as an input method does: offers for half of it would be replaced under the next key."""
    page.click(FIELD)
    page.keyboard.insert_text(text)
    return page.wait_for_selector(".find__offers:not([hidden]) [role=option]")


def test_offers_by_keyboard(open_page: Callable[..., Any], library: dict[str, str], axe: Callable[[Any], list[str]]):
    page = open_page("/tinh/", 360)
    assert page.get_attribute(FIELD, "role") is None  # nothing of it before the field is used
    _type(page, "gau t")
    assert page.get_attribute(FIELD, "aria-expanded") == "true"
    expect(page.get_by_text("Có 1 gợi ý; dùng mũi tên để chọn.")).to_have_role("status")
    assert axe(page) == []
    page.keyboard.press("ArrowDown")
    option = page.get_attribute(FIELD, "aria-activedescendant")
    assert page.get_attribute(f"#{option}", "aria-selected") == "true"
    assert page.inner_text(f"#{option}").startswith("Lễ hội Gầu Tào")
    page.keyboard.press("Escape")
    assert page.get_attribute(FIELD, "aria-expanded") == "false"
    assert page.input_value(FIELD) == "gau t"
    page.keyboard.press("ArrowDown")
    page.wait_for_selector(".find__offers:not([hidden])")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{library['festival']}")


def test_enter_without_a_choice_searches_and_a_tap_opens(open_page: Callable[..., Any], library: dict[str, str]):
    page = open_page("/tinh/", 360)
    _type(page, "mong")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem/?q=mong")
    expect(page.locator("h1")).to_have_text(re.compile(r"Mông\s*$"))  # as it was understood
    _type(page, " ")
    page.click(".find__offers [role=option] >> nth=0")
    page.wait_for_url(f"**{library['group']}")
    expect(page.locator("h1")).to_contain_text("Mông")


def test_letters_that_the_keyboard_lacks(open_page: Callable[..., Any], library: dict[str, str], axe: Callable[[Any], list[str]]):
    page = open_page("/tinh/", 360)
    page.click(FIELD)
    page.keyboard.type("oh")
    page.keyboard.press("Home")
    page.click(".find__letters")
    page.click(".find__board button[value=ƀ]")
    expect(page.locator(FIELD)).to_have_value("ƀoh")
    page.click(".find__board summary:has-text('Khmer')")
    page.click(".find__board button[value=ខ]")
    expect(page.locator(FIELD)).to_have_value("ƀខoh")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_years_are_dragged_by_keyboard(open_page: Callable[..., Any], library: dict[str, str]):
    page = open_page(library["years"], 1440)
    handles = page.locator(".years input[type=range]")
    expect(handles).to_have_count(2)
    first = int(handles.first.get_attribute("min"))
    handles.first.press("ArrowRight")
    expect(page.locator(".years input[name=tu]")).to_have_value(str(first + 1))
    handles.last.press("Home")
    expect(page.locator(".years input[name=den]")).to_have_value(str(first))
    page.click(".sheet2 button[type=submit]")
    page.wait_for_url(f"**den={first}**")
