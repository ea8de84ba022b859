"""Pictures looked at closely, and documents read page by page, in a real browser."""

from collections.abc import Callable
from typing import Any

from .conftest import Records
from .waiting import settled, until

Open, Axe, Watch = Callable[..., Any], Callable[[Any], list[str]], Callable[[Any], list[str]]
PANE = ".viewer__pane[data-open]"


def test_a_picture_is_opened_turned_compared_and_its_regions_have_addresses(open_page: Open, records: Records, axe: Axe, media_of: Watch):
    page = open_page(records.pictures, 768)
    requests = media_of(page)
    assert page.locator("[data-zoom] .soft").first.inner_text().count("KB") == 2
    page.locator("[data-zoom] button").first.click()
    page.wait_for_selector(PANE)
    until(page, "document.activeElement.getAttribute('role') === 'application'")
    assert any("tiles/info.json" in each for each in requests)
    until(page, "performance.getEntriesByType('resource').some(each => each.name.includes('/0/default.jpg'))")
    page.keyboard.press("r")
    page.wait_for_selector(f'{PANE}[data-degrees="90"]')
    page.click('.viewer [data-do="left"]')
    page.wait_for_selector(f'{PANE}[data-degrees="0"]')
    for _ in range(3):
        page.click('.viewer [data-do="in"]')
    settled(page, "document.querySelector('.viewer__pane canvas').toDataURL()")  # the movement has ended
    assert axe(page) == []

    page.click('.viewer [data-do="link"]')
    address = page.input_value(".viewer textarea")
    width = float(address.partition("xywh=percent:")[2].split(",")[2])
    assert 10 < width < 90
    page.select_option("[data-compare] select", index=1)
    until(page, "document.querySelectorAll('.viewer__pane[data-open]').length === 2")
    page.click('.viewer [data-do="right"]')
    until(page, "[...document.querySelectorAll('.viewer__pane')].every(pane => pane.dataset.degrees === '90')")
    page.click('.viewer [data-do="close"]')
    assert page.evaluate("document.activeElement.innerText") == "Phóng to, xoay"

    page.goto("about:blank")
    page.goto(address)
    until(page, "document.activeElement.closest('[data-zoom]') !== null")
    page.keyboard.press("Enter")
    page.wait_for_selector(".viewer__region")
    assert page.evaluate("document.documentElement.scrollWidth") <= 768


def test_a_document_is_searched_inside_and_its_words_are_marked(open_page: Open, records: Records, axe: Axe, media_of: Watch):
    page = open_page(records.document, 360)
    requests = media_of(page)
    page.fill("#tim-trong", "long tong")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-found] mark")
    assert page.inner_text("[data-found] h2") == "1 trang có “long tong”"
    assert axe(page) == []
    page.click("[data-found] a")
    page.wait_for_selector(".pagewords mark")
    assert page.inner_text(".pagewords mark") == "Lồng Tồng"
    assert page.inner_text("section h2").startswith("Trang 2")
    assert requests == []
    page.locator(".leafpage summary").first.click()
    until(page, "document.querySelector('.leafpage img').naturalWidth === 800")
    page.fill("#tim-trong", "không có đâu")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-found] .empty")


def test_a_document_is_read_and_searched_without_script(open_page: Open, records: Records):
    page = open_page(records.document, script=False)
    assert page.locator("[data-zoom]").is_hidden()
    page.click("text=Trang sau ›")
    assert "60 Hội Lồng Tồng" in page.inner_text(".pagewords")
    page.fill("#tim-trong", "hoi long tong")
    page.click(".inside button")
    assert page.inner_text("#ket-qua mark >> nth=0") == "Hội"
    page.click("#ket-qua a")
    assert "trang=2" in page.url
    assert page.locator(".pagewords").is_visible()


def test_the_toggle_saves_data_and_is_remembered(open_page: Open, records: Records, media_of: Watch):
    page = open_page(records.sound)
    page.locator("form.saving button").first.click()
    page.wait_for_load_state("networkidle")
    assert page.locator("form.saving").first.inner_text().startswith("Đang tiết kiệm dữ liệu")
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
    assert page.input_value("[data-rendition-of]") == "v144"
    assert page.locator("video[poster]").count() == 0
