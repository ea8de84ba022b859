"""Film and sound in a real browser: they play, change quality, follow their words, loop, are cited; nothing comes before the tap."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.waiting import at_rest, until, until_true

from .conftest import Records

Open, Axe, Watch = Callable[..., Any], Callable[[Any], list[str]], Callable[[Any], list[str]]
NOW = "document.querySelector('.player video, .player audio').currentTime"
PAUSED = "document.querySelector('.player video, .player audio').paused"
PLAY = '[data-do="play"]'
#: Notes where a change of rendition left the film, where the new file begins, and whether it plays by itself.
WATCH_THE_CHANGE = """() => {
    const [video, renditions] = ['.player video', '[data-rendition-of]'].map((name) => document.querySelector(name));
    renditions.addEventListener('change', () => { window.left = video.currentTime; }, {capture: true, once: true});
    video.addEventListener('loadedmetadata', () => { window.begun = video.currentTime; }, {once: true});
    video.addEventListener('playing', () => { window.goesOn = window.begun !== undefined; });
}"""
#: Notes each line of the words that becomes the current one.
WATCH_THE_WORDS = """() => {
    window.followed = [];
    const note = (changes) => {
        for (const {target} of changes) if (target.hasAttribute('aria-current')) window.followed.push(target.innerText);
    };
    new MutationObserver(note).observe(document.querySelector('.script'), {subtree: true, attributeFilter: ['aria-current']});
}"""
#: Notes where the sound goes back to, the latest second that was heard, and the longest time between two frames of the page.
WATCH_THE_LOOP = """() => {
    const media = document.querySelector('.player audio');
    Object.assign(window, {seen: [], latest: 0, longest: 0});
    media.addEventListener('timeupdate', () => { window.latest = Math.max(window.latest, media.currentTime); });
    media.addEventListener('seeking', () => window.seen.push(media.currentTime));
    const frame = (before) => requestAnimationFrame((now) => {
        window.longest = Math.max(window.longest, (now - before) / 1000);
        frame(now);
    });
    frame(performance.now());
}"""


def _reaches(page: Any, second: float) -> None:
    until(page, f"{NOW} >= {second}")


def _previewed(page: Any) -> bool:
    """Moves the pointer over the time, which shows a small picture as soon as these have come."""
    for x in (90, 100):
        page.hover(".timeline input", position={"x": x, "y": 20})
    return bool(page.is_visible(".preview"))


def test_a_film_plays_changes_quality_and_keeps_its_second(open_page: Open, records: Records, axe: Axe, media_of: Watch):
    page = open_page("/tinh/")
    media = media_of(page)
    page.goto(page.url.replace("/tinh/", records.film))
    at_rest(page)
    assert media == []
    page.click('[data-rendition="v240"] summary')
    page.wait_for_selector(".player")
    until(page, "document.activeElement.dataset.do === 'play'")
    assert not [each for each in media if ".mp4" in each or "track-" in each]
    page.keyboard.press("Enter")
    _reaches(page, 1)
    until_true(page, lambda: any("v240.mp4" in each for each in media), "the film is asked for")
    assert axe(page) == []

    page.click(".player__more summary")
    page.select_option("[data-speed]", "0.5")
    page.click(".chapters a >> text=Ruộng")
    _reaches(page, 5.1)
    page.evaluate(WATCH_THE_CHANGE)
    page.select_option("[data-rendition-of]", "v144")
    until(page, "window.goesOn")
    assert "v144" in page.evaluate("document.querySelector('video').currentSrc")
    assert page.evaluate("window.begun") == pytest.approx(page.evaluate("window.left"), abs=0.5)
    assert page.evaluate("document.querySelector('video').playbackRate") == 0.5
    until(page, f"{NOW} > window.left")

    assert page.inner_text("[data-captions]").split("\n") == ["tắt", "Phụ đề (tiếng Việt Nam)", "Bản dịch (tiếng Anh)"]
    page.select_option("[data-captions]", "1")
    until(page, "[...document.querySelector('video').textTracks].map(track => track.mode).join() === 'disabled,showing'")
    page.select_option("[data-rendition-of]", "vaudio")
    until(page, "document.querySelector('.player').dataset.shows === 'sound'")
    _reaches(page, page.evaluate("window.left") + 0.2)


def test_the_words_follow_the_player_and_the_player_follows_them(open_page: Open, records: Records):
    page = open_page(records.film, 1440)
    page.evaluate(WATCH_THE_WORDS)
    page.focus(".script li:nth-child(2) a")
    page.keyboard.press("Enter")
    page.wait_for_selector(".player")
    _reaches(page, 2.6)
    until(page, "window.followed.length > 1")
    second, third = page.evaluate("window.followed")[:2]
    assert ("Người Tày" in second, "Đường cày" in third) == (True, True)
    page.focus(".script li:nth-child(3) a")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    _reaches(page, 7.6)
    page.fill(".find--words input", "duong cay")
    expect(page.locator(".script mark")).to_have_text("Đường cày")
    expect(page.locator("[data-count]").first).to_have_text("1 chỗ")


def test_a_link_to_a_second_waits_there_and_a_citation_leads_back(open_page: Open, records: Records, media_of: Watch):
    page = open_page("/tinh/", 360)
    media = media_of(page)
    page.goto(page.url.replace("/tinh/", records.film) + "#t=6")
    page.wait_for_selector(".player")
    expect(page.locator("[data-clock]")).to_have_text(re.compile(r"^\s*0:06 /"))
    assert not [each for each in media if ".mp4" in each]
    page.click('[data-do="cite"]')
    expect(page.locator(".player [data-cite] textarea")).to_have_value(re.compile(r"/ban-ghi/\w+/#t=6 \(0:06\)$"))
    page.click(PLAY)
    _reaches(page, 6.2)
    until_true(page, lambda: _previewed(page), "a small picture is shown over the time")
    assert "sprite-jpg.jpg" in page.evaluate("getComputedStyle(document.querySelector('[data-sheet]')).backgroundImage")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_song_shows_its_wave_and_loops_a_phrase(open_page: Open, records: Records, axe: Axe):
    page = open_page(records.sound, 768)
    page.click('[data-rendition="a24"] summary')
    page.wait_for_selector(".timeline.has-wave")
    drawn = """() => { const canvas = document.querySelector('.timeline canvas');
        const dots = canvas.getContext('2d').getImageData(0, 0, canvas.width, Math.floor(canvas.height / 4)).data;
        return dots.filter((value, place) => place % 4 === 3 && value > 0).length; }"""
    until(page, f"({drawn})() > 50")  # loud places reach the upper quarter, where the bare line never comes
    page.focus(".timeline input")
    for key in ("ArrowRight", "Shift+ArrowLeft", "Shift+ArrowLeft"):  # 5 − 1 − 1
        page.keyboard.press(key)
    expect(page.locator(".timeline input")).to_have_attribute("aria-valuetext", "0:03 trên 0:12")

    page.keyboard.press("r")  # the phrase from 2.5 to 4.5
    page.keyboard.press("k")
    expect(page.locator(".player [data-status]")).to_contain_text("0:02")
    page.evaluate(WATCH_THE_LOOP)
    until(page, "window.seen.filter(second => Math.abs(second - 2.5) < 0.1).length > 1")
    assert page.evaluate("window.latest - window.longest") < 4.6  # it goes back in the first frame after the phrase
    page.keyboard.press("x")
    _reaches(page, 4.8)
    page.keyboard.press("k")
    until(page, PAUSED)
    for key, second in (("a", "5"), ("b", "6.5")):
        page.fill(".timeline input", second)
        page.keyboard.press(key)
    until(page, "window.seen.at(-1) === 5")
    page.click('[data-do="cite"]')
    expect(page.locator(".player [data-cite] textarea")).to_have_value(re.compile(r"#t=5,6\.5 \(0:05–0:06\)$"))
    page.click(".player__more summary")
    assert axe(page) == []


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["vi", "en"])
def test_everything_is_there_without_script(open_page: Open, records: Records, prefix: str):
    page = open_page(prefix + records.film, script=False)
    assert page.locator("[data-rendition]").count() == 4
    for row in page.locator("[data-rendition]").all():
        row.locator("summary").click()
        expect(row.locator("video[controls], audio[controls]")).to_be_visible()
        expect(row.locator("a[download]")).to_contain_text("KB")
    assert page.locator(".script").first.locator("a").last.get_attribute("href").endswith("#t=7.5")
    assert page.locator(".chapters a").count() == 2
    assert page.locator(".player, .find--words").count() == 0
    page.goto(page.url + "#t=5")
    expect(page.locator("li:target")).to_contain_text("Đường cày")


def test_on_paper_a_recording_is_its_words(open_page: Open, records: Records):
    page = open_page(records.sound, 1440)
    page.emulate_media(media="print")
    expect(page.locator(".words").first).to_be_visible()
    for useless in (".contract", ".keeping", ".stage audio", "main .btn"):
        for each in page.locator(useless).all():
            expect(each).to_be_hidden()
    assert "Tải về" not in page.inner_text("main") and "kbit" not in page.inner_text("main")
