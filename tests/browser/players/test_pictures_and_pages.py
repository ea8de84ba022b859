"""Pictures looked at closely, and documents read page by page, in a real browser."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.waiting import until, until_true

from .conftest import Records

Open, Axe, Watch = Callable[..., Any], Callable[[Any], list[str]], Callable[[Any], list[str]]
PANE = ".viewer__pane[data-open]"


def _linked_width(page: Any) -> float:
    """How much of the picture's width the address of what is seen has, in hundredths; the picture moves for a moment."""
    page.click('.viewer [data-do="link"]')
    return float(page.input_value(".viewer textarea").partition("xywh=percent:")[2].split(",")[2])


def test_a_picture_is_opened_turned_compared_and_its_regions_have_addresses(open_page: Open, records: Records, axe: Axe, media_of: Watch):
    page = open_page(records.pictures, 768)
    requests = media_of(page)
    assert page.locator("[data-zoom] .soft").first.inner_text().count("KB") == 2
    page.locator("[data-zoom] button").first.click()
    page.wait_for_selector(PANE)
    until(page, "document.activeElement.getAttribute('role') === 'application'")
    until_true(page, lambda: any("tiles/info.json" in each for each in requests), "the tiles are asked for")
    until(page, "performance.getEntriesByType('resource').some(each => each.name.includes('/0/default.jpg'))")
    page.keyboard.press("r")
    page.wait_for_selector(f'{PANE}[data-degrees="90"]')
    page.click('.viewer [data-do="left"]')
    page.wait_for_selector(f'{PANE}[data-degrees="0"]')
    for _ in range(3):
        page.click('.viewer [data-do="in"]')
    until_true(page, lambda: 10 < _linked_width(page) < 40, "three times nearer")
    assert axe(page) == []

    address = page.input_value(".viewer textarea")
    page.select_option("[data-compare] select", index=1)
    until(page, "document.querySelectorAll('.viewer__pane[data-open]').length === 2")
    page.click('.viewer [data-do="right"]')
    until(page, "[...document.querySelectorAll('.viewer__pane')].every(pane => pane.dataset.degrees === '90')")
    page.click('.viewer [data-do="close"]')
    expect(page.locator(":focus")).to_have_text("Phóng to, xoay")

    page.goto("about:blank")
    page.goto(address)
    until(page, "document.activeElement.closest('[data-zoom]') !== null")
    page.keyboard.press("Enter")
    page.wait_for_selector(".viewer__region")
    assert page.evaluate("document.documentElement.scrollWidth") <= 768


TOPS = "[...document.querySelectorAll('figcaption, .part')].map(each => Math.round(each.getBoundingClientRect().top + scrollY))"
AS_BEFORE_THEY_COME = """for (const place of document.querySelectorAll("[data-zoom]")) place.hidden = true;
    for (const source of document.querySelectorAll(".pic source")) source.remove();
    for (const picture of document.querySelectorAll(".pic img")) picture.src = "/chua-toi.jpg";"""


@pytest.mark.parametrize("width", [360, 1440])
def test_pictures_and_their_buttons_have_their_room_before_they_come(open_page: Open, records: Records, width: int):
    page = open_page(records.pictures, width)
    expect(page.locator("[data-zoom]").first).to_be_visible()
    there = page.evaluate(TOPS)
    page.route("**/chua-toi.jpg", lambda route: None)  # on its way for ever: one that is refused leaves its room
    page.evaluate(f"() => {{ {AS_BEFORE_THEY_COME} }}")
    assert page.evaluate(TOPS) == there


def test_a_document_is_searched_inside_and_its_words_are_marked(open_page: Open, records: Records, axe: Axe, media_of: Watch):
    page = open_page(records.document, 360)
    requests = media_of(page)
    page.fill("#tim-trong", "long tong")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-found] mark")
    expect(page.locator("[data-found] h2")).to_have_text("1 trang có “long tong”")
    assert axe(page) == []
    page.click("[data-found] a")
    expect(page.locator(".pagewords mark")).to_have_text("Lồng Tồng")
    expect(page.locator("section h2").first).to_have_text(re.compile(r"^\s*Trang 2"))
    assert requests == []
    page.locator(".leafpage summary").first.click()
    until(page, "document.querySelector('.leafpage img').naturalWidth === 800")
    page.fill("#tim-trong", "không có đâu")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-found] .empty")


def test_a_document_is_read_and_searched_without_script(open_page: Open, records: Records):
    page = open_page(records.document, script=False)
    expect(page.locator("[data-zoom]")).to_be_hidden()
    page.click("text=Trang sau ›")
    expect(page.locator(".pagewords")).to_contain_text("60 Hội Lồng Tồng")
    page.fill("#tim-trong", "hoi long tong")
    page.click(".inside button")
    expect(page.locator("#ket-qua mark").first).to_have_text("Hội")
    page.click("#ket-qua a")
    page.wait_for_url("**trang=2**")
    expect(page.locator(".pagewords")).to_be_visible()


def test_the_toggle_saves_data_and_is_remembered(open_page: Open, records: Records, media_of: Watch):
    page = open_page(records.sound)
    with page.expect_navigation():
        page.locator("form.saving button").first.click()
    expect(page.locator("form.saving").first).to_have_text(re.compile(r"^\s*Đang tiết kiệm dữ liệu"))
    media = media_of(page)
    page.click('[data-rendition="a24"] summary')
    page.wait_for_selector('[data-do="peaks"]:not([hidden])', state="attached")
    assert not [each for each in media if "peaks" in each]
    page.click(".player__more summary")
    page.click('[data-do="peaks"]')
    page.wait_for_selector(".timeline.has-wave")
    page.goto(page.url.replace(records.sound, records.pictures))
    until(page, "[...document.querySelectorAll('.pic img')].every(each => each.currentSrc.includes('/img-200-'))")
    page.goto(page.url.replace(records.pictures, records.film) + "#t=3")
    page.wait_for_selector(".player")
    expect(page.locator("[data-rendition-of]")).to_have_value("v144")
    expect(page.locator("video[poster]")).to_have_count(0)
