"""A page of results on a phone: the sheet of conditions, a hit that unfolds, the next page, a map for fingers; with and without script."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

TOUCH = 24  # CSS pixels, WCAG 2.5.8


def test_from_the_sheet_to_the_next_page_on_a_phone(
    open_page: Callable[..., Any], library: dict[str, str], axe: Callable[[Any], list[str]]
):
    page = open_page(library["many"], 360)
    total = page.inner_text("#h-ket-qua")
    assert not page.is_visible(".sheet2 form")
    page.click(".sheet2 > summary")
    done = page.locator(".sheet2 > summary")
    expect(done).to_have_text(f"Xong, xem {total}", use_inner_text=True)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.check(".sheet2 [name=loai][value=costume]")
    expect(done).to_have_text("Xong, xem kết quả", use_inner_text=True)
    done.click()  # closing it applies what was ticked
    page.wait_for_url("**loai=costume**")
    expect(page.locator("#h-ket-qua")).to_have_text("1 tư liệu", use_inner_text=True)
    page.go_back()
    page.wait_for_url(f"**{library['many']}")
    expect(page.locator(".fold a").first).to_be_hidden()
    page.click(".fold summary")
    expect(page.locator(".fold a")).to_have_count(2)
    expect(page.locator(".fold a").last).to_be_visible()
    page.click(".pages [rel=next]")
    page.wait_for_url("**trang=2**")
    expect(page.locator(".pages .where")).to_contain_text("2 / 2", use_inner_text=True)
    expect(page.locator(".pages [rel=prev]")).to_be_visible()


def test_conditions_are_applied_without_script(open_page: Callable[..., Any], library: dict[str, str]):
    page = open_page(library["many"], 360, script=False)
    page.click(".sheet2 > summary")
    page.check(".sheet2 [name=loai][value=costume]")
    page.click(".sheet2 button[type=submit]")
    page.wait_for_url("**loai=costume**")
    expect(page.locator("#h-ket-qua")).to_have_text("1 tư liệu", use_inner_text=True)


@pytest.mark.parametrize("width", [320, 360, 1440])
def test_discs_of_the_map_can_be_touched(open_page: Callable[..., Any], library: dict[str, str], width: int):
    page = open_page(library["map"], width)
    sizes = page.eval_on_selector_all(".found-map svg a circle", "all => all.map(each => each.getBoundingClientRect().width)")
    assert sizes and min(sizes) >= TOUCH
