"""The search field in a real browser: offers by keyboard, pointer and for a screen reader; letters that a keyboard lacks; years dragged."""

from collections.abc import Callable
from typing import Any

FIELD = "input#q"


def _type(page: Any, text: str) -> Any:
    page.click(FIELD)
    page.keyboard.type(text)
    return page.wait_for_selector(".find__offers:not([hidden]) [role=option]")


def test_offers_by_keyboard(open_page: Callable[..., Any], library: dict[str, str], axe: Callable[[Any], list[str]]):
    page = open_page("/tinh/", 360)
    assert page.get_attribute(FIELD, "role") is None  # nothing of it before the field is used
    _type(page, "gau t")
    assert page.get_attribute(FIELD, "aria-expanded") == "true"
    assert "1" in page.inner_text("[role=status]")
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
    assert page.inner_text("h1").endswith("Mông")  # as it was understood
    _type(page, " ")
    page.click(".find__offers [role=option] >> nth=0")
    page.wait_for_url(f"**{library['group']}")
    assert "Mông" in page.inner_text("h1")


def test_letters_that_the_keyboard_lacks(open_page: Callable[..., Any], library: dict[str, str], axe: Callable[[Any], list[str]]):
    page = open_page("/tinh/", 360)
    page.click(FIELD)
    page.keyboard.type("oh")
    page.keyboard.press("Home")
    page.click(".find__letters")
    page.click(".find__board button[value=ƀ]")
    assert page.input_value(FIELD) == "ƀoh"
    page.click(".find__board summary:has-text('Khmer')")
    page.click(".find__board button[value=ខ]")
    assert page.input_value(FIELD) == "ƀខoh"
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_years_are_dragged_by_keyboard(open_page: Callable[..., Any], library: dict[str, str]):
    page = open_page(library["years"], 1440)
    handles = page.query_selector_all(".years input[type=range]")
    assert len(handles) == 2
    first = int(handles[0].get_attribute("min"))
    handles[0].focus()
    page.keyboard.press("ArrowRight")
    assert page.input_value(".years input[name=tu]") == str(first + 1)
    handles[1].focus()
    page.keyboard.press("Home")
    assert page.input_value(".years input[name=den]") == str(first)
    page.click(".sheet2 button[type=submit]")
    page.wait_for_url(f"**den={first}**")
