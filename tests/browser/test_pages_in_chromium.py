"""Every kind of page in a real browser: axe finds nothing, nothing scrolls sideways, nothing comes from elsewhere."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.waiting import patient

PAGES = (
    "home", "groups", "group", "provinces", "province", "records",
    "calendar", "festival", "costume", "text",
    "search", "years", "start", "many", "map", "detailed", "nothing", "refused", "lost", "withdrawn",
)  # fmt: skip
TOUCHED = (
    "button, select, input:not([type=hidden], [type=checkbox]), .tick, summary, .btn, .lang, .menu, .nav a, .names a, .provs a, .doors a, "
    ".pages a, .act > a, .acts a, .monthnav a, .sort a, .tags a, .inpage a, .foot nav a"
)
LANGUAGES = pytest.mark.parametrize("prefix", ["", "/en"], ids=["vi", "en"])
FAULTS = """<!doctype html><html><head><title></title></head><body>
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><input><a href="#"></a>
<p style="color:#aaa;background:#fff">khó đọc</p><button><span aria-hidden="true">x</span></button></body></html>"""


def test_axe_is_red_on_planted_faults(chromium: Any, axe: Callable[[Any], list[str]]):
    page = patient(chromium.new_page())
    page.set_content(FAULTS)
    rules = {fault.partition(":")[0] for fault in axe(page)}
    page.close()
    assert {"image-alt", "label", "link-name", "color-contrast", "button-name", "html-has-lang", "document-title"} <= rules


@pytest.mark.parametrize(
    ("prefix", "width", "scheme"),
    [("", 360, "light"), ("", 1440, "dark"), ("/en", 360, "dark"), ("/en", 1440, "light")],  # every pair of the three meets
)
def test_axe_finds_nothing_on_any_page(
    open_page: Callable[..., Any], axe: Callable[[Any], list[str]], library: dict[str, str], prefix: str, width: int, scheme: str
):
    violations = {name: axe(open_page(prefix + library[name], width, scheme)) for name in PAGES}
    assert {name: found for name, found in violations.items() if found} == {}


@LANGUAGES
@pytest.mark.parametrize("width", [320, 360, 768])
def test_no_page_scrolls_sideways(open_page: Callable[..., Any], library: dict[str, str], prefix: str, width: int):
    wide = {}
    for name in PAGES:
        page = open_page(prefix + library[name], width)
        wide[name] = page.evaluate("document.documentElement.scrollWidth") - width
    assert {name: by for name, by in wide.items() if by > 0} == {}


@LANGUAGES
def test_search_bears_letters_twice_as_large_on_the_narrowest_screen(open_page: Callable[..., Any], library: dict[str, str], prefix: str):
    wide = {}
    for name in ("search", "years", "start", "many", "map", "detailed", "nothing"):
        page = open_page(prefix + library[name], 320)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        wide[name] = page.evaluate("document.documentElement.scrollWidth") - 320
    assert {name: by for name, by in wide.items() if by > 0} == {}


def test_a_page_that_is_too_wide_is_noticed(chromium: Any):
    page = patient(chromium.new_page(viewport={"width": 360, "height": 700}))
    page.set_content('<div style="width:500px">x</div>')
    assert page.evaluate("document.documentElement.scrollWidth") > 360
    page.close()


def test_everything_is_there_without_script(open_page: Callable[..., Any], library: dict[str, str]):
    page = open_page("/", script=False)
    page.fill("input[name=q]", "gau tao")
    page.goto(page.url.rstrip("/") + library["group"])
    page.click("text=Lễ hội Gầu Tào")
    expect(page.locator("h1")).to_have_text("Lễ hội Gầu Tào", use_inner_text=True)
    page.click("a.lang")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_have_text("Lễ hội Gầu Tào", use_inner_text=True)


def test_the_keyboard_reaches_the_content_first_and_then_every_province(open_page: Callable[..., Any], library: dict[str, str]):
    page = open_page("/tinh/", 1440)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#noi-dung"
    page.keyboard.press("Enter")
    page.wait_for_url("**#noi-dung")
    reached = set()
    for _ in range(45):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('svg') !== null"):
            reached.add(page.evaluate("document.activeElement.getAttribute('href')"))
    assert len(reached) == 34


def test_the_focus_is_always_visible(open_page: Callable[..., Any], library: dict[str, str]):
    page = open_page(library["festival"], 1440)
    for _ in range(30):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", page.evaluate("document.activeElement.outerHTML")[:200]


@pytest.mark.parametrize("name", ["home", "group", "records", "festival", "calendar", "start", "many"])
def test_what_is_touched_on_a_phone_is_44_points_high(open_page: Callable[..., Any], library: dict[str, str], name: str):
    page = open_page(library[name], 360)
    small = page.evaluate(
        """touched => [...document.querySelectorAll(touched)]
            .filter(each => each.offsetParent !== null && each.getBoundingClientRect().height < 43.5)
            .map(each => each.outerHTML.slice(0, 120))""",
        TOUCHED,
    )
    assert small == []


def test_print_is_black_on_white_and_leaves_the_frame_out(open_page: Callable[..., Any], library: dict[str, str]):
    page = open_page(library["festival"], 1440, "light")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('.foot')).display") == "none"
