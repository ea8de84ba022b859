"""From an empty installation: a pack is ordered, built by the worker, carried home, opened as a file; it forgets what is withdrawn."""

import math
import struct
import wave
import zipfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.installation import PASSWORD, ROOT
from tests.browser.office_screens import give_oneself_an_office
from tests.browser.staff_screens import RECORDS, choose_in_menu, describe_record, faults_of, open_menu, sign_in
from tests.browser.waiting import until, until_true

SONG, OTHER = "Hát ống Tả Phìn", "Chợ phiên Tả Phìn"
RATE = 8000


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """Two seconds of a tone, as an officer would upload it."""
    path = tmp_path / "hat-ong.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(b"".join(struct.pack("<h", int(9000 * math.sin(at / 4))) for at in range(2 * RATE)))
    return path


def _publish(page: Any, url: str, file: Path, title: str) -> str:
    """Catalogues a record with a file and publishes it; returns its address."""
    describe_record(page, url, file, title)
    choose_in_menu(page, "Đăng")
    page.goto(f"{url}/tu-lieu/")
    page.get_by_role("link", name=title).first.click()
    return str(page.url)


def _wait_for_sound(page: Any, address: str) -> None:
    """Waits until the pipeline has made what readers hear."""

    def is_there() -> bool:
        page.goto(address)
        return bool(page.locator("audio").count())

    until_true(page, is_there, "the recording can be heard")


def _order(page: Any, url: str, axe: Any) -> None:
    """Orders the pack of the people with sound, and waits for the worker."""
    page.goto(f"{url}/admin/")
    page.get_by_role("link", name="Gói mang về").click()
    page.get_by_label("Gói về").select_option(label="Mông")
    page.get_by_label("Chữ, từ, ảnh nhỏ, tiếng", exact=True).check()
    page.get_by_role("button", name="Xem cỡ trước").click()
    page.get_by_text("sẽ nặng chừng").wait_for()
    assert faults_of(page, axe) == []
    page.get_by_role("button", name="Đặt làm").click()
    page.get_by_role("link", name="Tải về").wait_for()
    assert faults_of(page, axe) == []


def _carried_home(reader: Any, url: str, axe: Any, folder: Path) -> Path:
    """Fetches the pack as a reader does and unpacks it; returns its first page."""
    reader.goto(f"{url}/goi/")
    assert axe(reader) == []
    reader.get_by_role("link", name="Mông").last.click()
    with reader.expect_download() as kept:
        reader.get_by_role("link", name="Tải cả gói").click()
    assert axe(reader) == []
    path = folder / str(kept.value.suggested_filename)
    kept.value.save_as(path)
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    return next(folder.glob("goi-*/index.html"))


def test_a_pack_opens_from_a_card_and_forgets_what_was_withdrawn(installation, somebody, axe, picture, recording, tmp_path):
    url, officer, reader = installation.url, somebody(), somebody(360)
    sign_in(officer, url, ROOT, PASSWORD)
    give_oneself_an_office(officer)
    _publish(officer, url, picture, OTHER)
    _wait_for_sound(officer, _publish(officer, url, recording, SONG))
    _order(officer, url, axe)
    first = _carried_home(reader, url, axe, tmp_path)

    reader.context.set_offline(True)
    asked: list[str] = []
    reader.on("request", lambda request: None if request.url.startswith("file:") else asked.append(request.url))
    reader.goto(first.as_uri())
    assert axe(reader) == [] and reader.evaluate("document.documentElement.scrollWidth") <= 360
    reader.get_by_label("Tìm trong gói").fill("hat ong ta phin")
    expect(reader.locator("[data-found] a")).to_have_text([SONG])
    reader.locator("[data-found] a").click()
    expect(reader.locator("h1")).to_have_text(SONG)
    assert axe(reader) == []
    reader.locator("audio").click(position={"x": 24, "y": 24})
    until(reader, "document.querySelector('audio').currentTime > 0")
    song = reader.url
    assert asked == [], "a pack asks the network for nothing while there is none"

    officer.goto(f"{url}{RECORDS}")
    officer.get_by_role("link", name=SONG).first.click()
    open_menu(officer)
    officer.get_by_role("link", name="Gỡ xuống…").click()
    officer.fill("[name=reason]", "Người hát xin gỡ")
    officer.get_by_role("button", name="Gỡ xuống").click()
    officer.wait_for_url(f"**{RECORDS}**")

    reader.context.set_offline(False)
    reader.goto(song)
    reader.get_by_text("không còn trong thư viện").wait_for()
    expect(reader.get_by_role("heading", name=SONG)).to_be_hidden()
    reader.context.set_offline(True)
    reader.goto(first.as_uri())
    expect(reader.get_by_role("link", name=OTHER)).to_be_visible()
    expect(reader.get_by_role("link", name=SONG)).to_be_hidden()
    reader.get_by_label("Tìm trong gói").fill("hat ong")
    expect(reader.locator("[role=status]")).to_have_text("Không thấy trong gói này.")
