"""From an empty installation: a bulletin is written, recorded, joined by the worker, heard by the public; what is withdrawn ends it."""

import math
import struct
import wave
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import CHROMIUM_FLAGS
from tests.browser.installation import PASSWORD, ROOT
from tests.browser.office_screens import give_oneself_an_office
from tests.browser.staff_screens import RECORDS, choose_in_menu, describe_record, faults_of, open_menu, sign_in
from tests.browser.waiting import patient, until, until_true

SONG, TITLE, WORDS = "Hát ống Tả Phìn", "Bản tin tháng Giêng", "Kính chào bà con Tả Phìn."
RATE = 8000
MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


def _tone(path: Path, seconds: int) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(b"".join(struct.pack("<h", int(9000 * math.sin(at / 4))) for at in range(seconds * RATE)))
    return path


@pytest.fixture
def officer(chromium: Any) -> Any:
    """A page in a browser with a microphone, into which the browser itself beeps."""
    program = chromium.browser_type.launch(executable_path="/usr/bin/chromium", args=[*CHROMIUM_FLAGS, *MICROPHONE])
    context = patient(program.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", viewport={"width": 1440, "height": 900}))
    yield context.new_page()
    program.close()


def _publish_song(page: Any, url: str, file: Path) -> None:
    describe_record(page, url, file, SONG)
    choose_in_menu(page, "Đăng")


def _begin(page: Any, url: str, axe: Any) -> None:
    page.goto(f"{url}/admin/")
    page.get_by_role("link", name="Bản tin nghe").click()
    assert faults_of(page, axe) == []
    page.get_by_role("link", name="Soạn bản tin mới").click()
    page.get_by_label("Tên bản tin").fill(TITLE)
    page.get_by_label("Tỉnh, thành phố").select_option(label="Lào Cai")
    page.get_by_label("Xã, phường").fill("xa ta phin")
    assert faults_of(page, axe) == []
    page.get_by_role("button", name="Lưu").click()
    page.get_by_role("heading", name="Thứ tự nghe").wait_for()


def _add_words(page: Any, words: str, axe: Any, file: Path | None = None) -> None:
    """With a file, or into the microphone."""
    page.get_by_role("link", name="Thêm lời").click()
    page.get_by_label("Lời nói").fill(words)
    if file:
        page.locator("input[type=file]").set_input_files(file)
    else:
        page.get_by_role("button", name="Ghi âm").click()
        page.get_by_text("Đang ghi: 0:02").wait_for()
        expect(page.get_by_role("button", name="Dừng ghi")).to_be_focused()
        page.keyboard.press("Enter")
        page.get_by_text("Bấm Lưu để giữ").wait_for()
        assert faults_of(page, axe) == []
    page.get_by_role("button", name="Lưu").click()
    page.get_by_role("listitem").filter(has_text=words).wait_for()


def _add_song(page: Any, axe: Any) -> None:
    page.get_by_role("link", name="Thêm tư liệu").click()
    page.get_by_label("Tên hoặc mã").fill("hat ong")
    page.keyboard.press("Enter")
    choosing = page.url
    page.get_by_role("link", name="Ghi sự đồng ý").click()
    for name, words in (("given_by", "Bà Mai, người hát"), ("given_on", "2026-01-02"), ("evidence", "Băng số 3")):
        page.fill(f"[name={name}]", words)
    page.get_by_label("bằng lời, có ghi âm").check()
    page.get_by_role("button", name="Ghi", exact=True).click()
    page.get_by_text("Đang có sự đồng ý").wait_for()
    page.goto(choosing)
    page.get_by_role("link", name=SONG).click()
    page.get_by_label("Đến").fill("0:02")
    assert faults_of(page, axe) == []
    page.get_by_role("button", name="Lưu").click()
    page.get_by_role("listitem").filter(has_text=SONG).wait_for()


def _withdraw_song(page: Any, url: str) -> None:
    page.goto(f"{url}{RECORDS}")
    page.get_by_role("link", name=SONG).first.click()
    open_menu(page)
    page.get_by_role("link", name="Gỡ xuống…").click()
    page.fill("[name=reason]", "Người hát xin gỡ")
    page.get_by_role("button", name="Gỡ xuống").click()
    page.wait_for_url(f"**{RECORDS}**")


def test_a_bulletin_is_made_heard_and_ended_by_a_withdrawal(installation, officer, somebody, axe, tmp_path):
    url, reader = installation.url, somebody(360)
    sign_in(officer, url, ROOT, PASSWORD)
    give_oneself_an_office(officer)
    _publish_song(officer, url, _tone(tmp_path / "hat-ong.wav", 4))
    _begin(officer, url, axe)
    _add_words(officer, WORDS, axe, _tone(tmp_path / "loi.wav", 2))
    _add_words(officer, "Chào tạm biệt.", axe)
    _add_song(officer, axe)
    officer.get_by_role("button", name="Lên 3").focus()
    officer.keyboard.press("Enter")
    expect(officer.locator(".bulletin__order > li").nth(1)).to_contain_text(SONG)
    assert faults_of(officer, axe) == []
    officer.get_by_role("button", name="Ghép thành một tệp MP3").click()
    officer.get_by_text("Đã ghép: dài").wait_for()
    assert faults_of(officer, axe) == []
    officer.get_by_role("button", name="Phát, hoặc hẹn giờ").click()
    officer.get_by_role("link", name="Trang của bản tin").wait_for()

    reader.goto(f"{url}/ban-tin/")
    assert axe(reader) == [] and reader.evaluate("document.documentElement.scrollWidth") <= 360
    reader.get_by_role("link", name=TITLE).click()
    expect(reader.get_by_text(WORDS)).to_be_visible()
    assert axe(reader) == [] and reader.evaluate("document.documentElement.scrollWidth") <= 360
    reader.locator("audio").click(position={"x": 24, "y": 24})
    until(reader, "document.querySelector('audio').currentTime > 0")
    page, sound = reader.url, f"{reader.url}ban-tin.mp3"
    feed = reader.locator('link[type="application/rss+xml"]').get_attribute("href")
    assert reader.request.get(sound).body()[:2] in {b"ID", b"\xff\xfb", b"\xff\xf3"}
    assert TITLE in reader.request.get(f"{url}{feed}").text()

    _withdraw_song(officer, url)
    assert [reader.request.get(address).status for address in (page, sound)] == [410, 410]
    assert TITLE not in reader.request.get(f"{url}{feed}").text()
    reader.goto(page)
    expect(reader.get_by_role("heading", name="Bản tin này không còn phát")).to_be_visible()
    assert axe(reader) == []
    officer.goto(f"{url}/admin/")
    until_true(officer, lambda: officer.get_by_role("heading", name="Bản tin đã tự đóng").count(), "staff are told")
