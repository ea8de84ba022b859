"""A page of results on a phone: the sheet of conditions, a hit that unfolds, the next page, a map for fingers; with and without script."""

from collections.abc import Callable
from typing import Any

import pytest

TOUCH = 24  # CSS pixels, WCAG 2.5.8


def test_from_the_sheet_to_the_next_page_on_a_phone(
    open_page: Callable[..., Any], library: dict[str, str], axe: Callable[[Any], list[str]]
):
    page = open_page(library["many"], 360)
    total = page.inner_text("#h-ket-qua")
    assert not page.is_visible(".sheet2 form")
    page.click(".sheet2 > summary")
    assert page.inner_text(".sheet2 > summary").strip() == f"Xong, xem {total}"
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.check(".sheet2 [name=loai][value=costume]")
    assert page.inner_text(".sheet2 > summary").strip() == "Xong, xem kết quả"
    page.click(".sheet2 > summary")  # closing it applies what was ticked
    page.wait_for_url("**loai=costume**")
    assert page.inner_text("#h-ket-qua") == "1 tư liệu"
    page.go_back()
    page.wait_for_url(f"**{library['many']}")
    assert not page.is_visible(".fold a")
    page.click(".fold summary")
    assert page.locator(".fold a").count() == 2
    assert page.is_visible(".fold a >> nth=1")
    page.click(".pages [rel=next]")
    page.wait_for_url("**trang=2**")
    assert page.inner_text(".pages .where").endswith("2 / 2")
    assert page.is_visible(".pages [rel=prev]")


def test_conditions_are_applied_without_script(open_page: Callable[..., Any], library: dict[str, str]):
    page = open_page(library["many"], 360, script=False)
    page.click(".sheet2 > summary")
    page.check(".sheet2 [name=loai][value=costume]")
    page.click(".sheet2 button[type=submit]")
    page.wait_for_url("**loai=costume**")
    assert page.inner_text("#h-ket-qua") == "1 tư liệu"


@pytest.mark.parametrize("width", [320, 360, 1440])
def test_discs_of_the_map_can_be_touched(open_page: Callable[..., Any], library: dict[str, str], width: int):
    page = open_page(library["map"], width)
    sizes = page.eval_on_selector_all(".found-map svg a circle", "all => all.map(each => each.getBoundingClientRect().width)")
    assert sizes and min(sizes) >= TOUCH
