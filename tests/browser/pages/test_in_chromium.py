"""Every kind of page in a real browser: axe finds nothing, nothing scrolls sideways, nothing comes from elsewhere."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import BEST_PRACTICE, Site, reader
from tests.browser.waiting import patient, until

PAGES = (
    "home", "groups", "group", "provinces", "province", "commune", "former-provinces", "former-district",
    "records", "words", "concept", "dictionary",
    "calendar", "festival", "costume", "text", "kept",
    "search", "years", "start", "many", "map", "detailed", "nothing", "refused", "lost", "withdrawn",
)  # fmt: skip
TOUCHED = (
    "button, select, input:not([type=hidden], [type=checkbox]), .tick, summary, .btn, .lang, .menu, .nav a, .names a, .provs a, .doors a, "
    ".pages a, .act > a, .acts a, .monthnav a, .sort a, .tags a, .inpage a, .foot nav a"
)
TOO_SMALL = """touched => [...document.querySelectorAll(touched)]
    .filter(each => each.offsetParent !== null && each.getBoundingClientRect().height < 43.5)
    .map(each => each.outerHTML.slice(0, 120))"""
PHONE, DESK, SCREEN = 360, 1440, 740
FAULTS = """<!doctype html><html><head><title></title></head><body>
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><input><a href="#"></a>
<p style="color:#aaa;background:#fff">khó đọc</p><button><span aria-hidden="true">x</span></button>
<a class="tiny" href="#a">a</a><a class="tiny" href="#b">b</a>
<style>.tiny {display: inline-block; inline-size: 9px; block-size: 9px; font-size: 9px}</style></body></html>"""


def test_axe_is_red_on_planted_faults(chromium: Any, axe: Callable[..., list[str]]):
    page = patient(chromium.new_page())
    page.set_content(FAULTS)
    rules = {fault.partition(":")[0] for fault in axe(page)}
    page.close()
    assert {"image-alt", "label", "link-name", "color-contrast", "button-name", "html-has-lang", "document-title", "target-size"} <= rules


@dataclass(frozen=True)
class Look:
    """What was seen of one page: loaded once, on a phone, and then made narrower and wider."""

    headings: int
    height: int  # on a phone
    faults: list[str]  # by axe, on a phone and on a desk, one of them in the dark
    wider_by: dict[int, int]  # width of the screen → how far the page goes over it
    wider_with_large_letters: dict[int, int]  # the same with letters twice as large
    too_small: list[str]  # to be touched on a phone


@dataclass(frozen=True)
class Looks:
    """What was seen of all pages in one language."""

    pages: dict[str, Look]
    errors: list[str]  # in scripts, by the policy, and what was asked of elsewhere

    def amiss(self, seen: Callable[[Look], Any]) -> dict[str, Any]:
        """Page → what was seen of it, where that was anything."""
        return {name: found for name, look in self.pages.items() if (found := seen(look))}


@pytest.fixture(scope="module", params=[("", "light", "dark"), ("/en", "dark", "light")], ids=["vi", "en"])
def looks(request: pytest.FixtureRequest, site: Site, chromium: Any, axe: Callable[..., list[str]]) -> Iterator[Looks]:
    """Every kind of page in one language; of language, width and colours every pair of values meets in axe."""
    prefix, on_phone, on_desk = request.param
    errors: list[str] = []
    page = reader(chromium, site.url, errors, width=PHONE, scheme=on_phone)
    seen = {}
    for name in PAGES:
        page.set_viewport_size({"width": PHONE, "height": SCREEN})
        page.emulate_media(color_scheme=on_phone)
        page.goto(site.url + prefix + site.addresses[name])
        seen[name] = _look(page, axe, on_desk)
    yield Looks(seen, errors)
    page.context.close()


def _look(page: Any, axe: Callable[..., list[str]], colours_of_desk: str) -> Look:
    headings, small, faults = page.locator("h1").count(), page.evaluate(TOO_SMALL, TOUCHED), axe(page, BEST_PRACTICE)
    height = page.evaluate("document.documentElement.scrollHeight")
    wider_by = {width: _wider_by(page, width) for width in (PHONE, 768, 320)}
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    with_large_letters = {width: _wider_by(page, width) for width in (320, PHONE)}
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.emulate_media(color_scheme=colours_of_desk)
    wider_by[DESK] = _wider_by(page, DESK)
    return Look(headings, height, faults + axe(page, BEST_PRACTICE), wider_by, with_large_letters, small)


def _wider_by(page: Any, width: int) -> int:
    """How many pixels the page goes over a screen of the width."""
    page.set_viewport_size({"width": width, "height": SCREEN})
    until(page, f"innerWidth === {width}")
    return max(0, page.evaluate("document.documentElement.scrollWidth") - width)


def test_every_page_has_one_heading_and_keeps_to_the_policy(looks: Looks):
    assert looks.amiss(lambda look: look.headings != 1) == {}
    assert looks.errors == []


def test_the_first_page_is_at_most_five_screens_of_a_phone(looks: Looks):
    assert looks.pages["home"].height <= 5 * SCREEN


def test_axe_finds_nothing_on_any_page(looks: Looks):
    assert looks.amiss(lambda look: look.faults) == {}


def test_no_page_scrolls_sideways(looks: Looks):
    assert looks.amiss(lambda look: {width: by for width, by in look.wider_by.items() if by}) == {}


def test_pages_bear_letters_twice_as_large_on_a_phone_and_most_on_the_narrowest_screen(looks: Looks):
    too_wide = looks.amiss(lambda look: {width for width, by in look.wider_with_large_letters.items() if by})
    on_a_phone = {name for name, widths in too_wide.items() if PHONE in widths}
    assert on_a_phone.isdisjoint(
        {"home", "groups", "group", "provinces", "province", "commune", "former-district", "records", "calendar", "festival", "text"}
    ), too_wide
    assert too_wide.keys().isdisjoint({"search", "years", "start", "many", "map", "detailed", "nothing"}), too_wide
    assert too_wide.keys().isdisjoint({"home", "group", "province", "records", "words", "concept", "calendar", "festival", "text"}), (
        too_wide
    )


def test_what_is_touched_on_a_phone_is_44_points_high(looks: Looks):
    small = looks.amiss(lambda look: look.too_small)
    assert small.keys().isdisjoint(
        {"home", "group", "provinces", "former-provinces", "records", "festival", "calendar", "start", "many"}
    ), small


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


@pytest.mark.parametrize("name", ["home", "group"])
def test_on_a_phone_the_menu_of_every_page_opens_without_script_and_by_the_keyboard(
    open_page: Callable[..., Any], library: dict[str, str], name: str
):
    page = open_page(library[name], script=False)
    menu = page.locator(".menu > summary")
    menu.focus()
    page.keyboard.press("Enter")
    page.click(".menu__panel >> text=lịch từng tháng")
    page.wait_for_url("**/lich-le-hoi/")
    page.set_viewport_size({"width": DESK, "height": 740})
    expect(menu).to_be_hidden()
    expect(page.locator(".nav")).to_be_visible()


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


def test_print_is_black_on_white_and_leaves_the_frame_out(open_page: Callable[..., Any], library: dict[str, str]):
    page = open_page(library["festival"], 1440, "light")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('.foot')).display") == "none"
