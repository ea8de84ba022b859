"""Film and sound in a real browser: they play, change quality, follow their words, loop, are cited; nothing comes before the tap."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from .conftest import Records
from .waiting import until

Open, Axe, Watch = Callable[..., Any], Callable[[Any], list[str]], Callable[[Any], list[str]]
NOW = "document.querySelector('.player video, .player audio').currentTime"
PAUSED = "document.querySelector('.player video, .player audio').paused"
PLAY = '[data-do="play"]'


def _reaches(page: Any, second: float) -> None:
    until(page, f"{NOW} >= {second}")


def test_a_film_plays_changes_quality_and_keeps_its_second(open_page: Open, records: Records, axe: Axe, media_of: Watch):
    page = open_page("/tinh/")
    media = media_of(page)
    page.goto(page.url.replace("/tinh/", records.film))
    page.wait_for_load_state("networkidle")
    assert media == []
    page.click('[data-rendition="v240"] summary')
    page.wait_for_selector(".player")
    until(page, "document.activeElement.dataset.do === 'play'")
    assert not [each for each in media if ".mp4" in each or "track-" in each]
    page.keyboard.press("Enter")
    _reaches(page, 1)
    assert any("v240.mp4" in each for each in media)
    assert axe(page) == []

    page.click(".chapters a >> text=Ruộng")
    _reaches(page, 5.1)
    page.click(".player__more summary")
    page.select_option("[data-speed]", "0.5")
    before = page.evaluate(NOW)
    page.select_option("[data-rendition-of]", "v144")
    until(page, "document.querySelector('video').currentSrc.includes('v144') && document.querySelector('video').readyState > 1")
    assert before - 0.5 <= page.evaluate(NOW) <= before + 1.5
    assert page.evaluate("document.querySelector('video').playbackRate") == 0.5
    until(page, f"!{PAUSED} && {NOW} > {before}")

    assert page.inner_text("[data-captions]").split("\n") == ["tắt", "Phụ đề (tiếng Việt Nam)", "Bản dịch (tiếng Anh)"]
    page.select_option("[data-captions]", "1")
    assert page.evaluate("[...document.querySelector('video').textTracks].map(track => track.mode)") == ["disabled", "showing"]
    page.select_option("[data-rendition-of]", "vaudio")
    until(page, "document.querySelector('.player').dataset.shows === 'sound'")
    _reaches(page, before + 0.2)


def test_the_words_follow_the_player_and_the_player_follows_them(open_page: Open, records: Records):
    page = open_page(records.film, 1440)
    page.focus(".script li:nth-child(2) a")
    page.keyboard.press("Enter")
    page.wait_for_selector(".player")
    _reaches(page, 2.6)
    assert "Người Tày" in page.inner_text(".script [aria-current]")
    page.wait_for_selector(".script li:nth-child(3)[aria-current]")
    page.focus(".script li:nth-child(3) a")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    _reaches(page, 7.6)
    page.fill(".find--words input", "duong cay")
    assert page.inner_text(".script mark") == "Đường cày"
    assert page.inner_text("[data-count]") == "1 chỗ"


def test_a_link_to_a_second_waits_there_and_a_citation_leads_back(open_page: Open, records: Records, media_of: Watch):
    page = open_page("/tinh/", 360)
    media = media_of(page)
    page.goto(page.url.replace("/tinh/", records.film) + "#t=6")
    page.wait_for_selector(".player")
    assert page.inner_text("[data-clock]").startswith("0:06 /")
    assert not [each for each in media if ".mp4" in each]
    page.click('[data-do="cite"]')
    citation = page.input_value(".player [data-cite] textarea")
    assert re.search(r"/ban-ghi/\w+/#t=6 \(0:06\)$", citation)
    page.click(PLAY)
    _reaches(page, 6.2)
    page.hover(".timeline input", position={"x": 100, "y": 20})
    page.wait_for_selector(".preview:not([hidden])")
    assert "sprite-jpg.jpg" in page.evaluate("getComputedStyle(document.querySelector('[data-sheet]')).backgroundImage")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_song_shows_its_wave_and_loops_a_phrase(open_page: Open, records: Records, axe: Axe):
    page = open_page(records.sound, 768)
    page.click('[data-rendition="a24"] summary')
    page.wait_for_selector(".timeline.has-wave")
    drawn = """() => { const canvas = document.querySelector('.timeline canvas');
        const dots = canvas.getContext('2d').getImageData(0, 0, canvas.width, Math.floor(canvas.height / 4)).data;
        return dots.filter((value, place) => place % 4 === 3 && value > 0).length; }"""
    assert page.evaluate(drawn) > 50  # loud places reach the upper quarter, where the bare line never comes
    page.focus(".timeline input")
    for key in ("ArrowRight", "Shift+ArrowLeft", "Shift+ArrowLeft"):  # 5 − 1 − 1
        page.keyboard.press(key)
    assert page.get_attribute(".timeline input", "aria-valuetext") == "0:03 trên 0:12"

    page.keyboard.press("r")  # the phrase from 2.5 to 4.5
    page.keyboard.press("k")
    assert "0:02" in page.inner_text(".player [data-status]")
    page.evaluate(
        "(() => { const media = document.querySelector('.player audio'); window.seen = []; window.latest = 0;"
        "media.addEventListener('timeupdate', () => window.latest = Math.max(window.latest, media.currentTime));"
        "media.addEventListener('seeking', () => window.seen.push(media.currentTime)); })()"
    )
    until(page, "window.seen.filter(second => Math.abs(second - 2.5) < 0.1).length > 1")
    assert page.evaluate("window.latest") < 4.8
    page.keyboard.press("x")
    _reaches(page, 4.8)
    page.keyboard.press("a")
    _reaches(page, 6)
    page.keyboard.press("b")
    until(page, "window.seen.at(-1) > 4.7")
    page.click('[data-do="cite"]')
    assert re.search(r"#t=[45]\.\d+,6(\.\d+)? \(0:0\d–0:06\)$", page.input_value(".player [data-cite] textarea"))
    page.click(".player__more summary")
    assert axe(page) == []


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["vi", "en"])
def test_everything_is_there_without_script(open_page: Open, records: Records, prefix: str):
    page = open_page(prefix + records.film, script=False)
    assert page.locator("[data-rendition]").count() == 4
    for row in page.locator("[data-rendition]").all():
        row.locator("summary").click()
        assert row.locator("video[controls], audio[controls]").is_visible()
        assert "KB" in row.locator("a[download]").inner_text()
    assert page.locator(".script").first.locator("a").last.get_attribute("href").endswith("#t=7.5")
    assert page.locator(".chapters a").count() == 2
    assert page.locator(".player, .find--words").count() == 0
    page.goto(page.url + "#t=5")
    assert "Đường cày" in page.inner_text("li:target")
