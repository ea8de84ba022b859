"""From an empty installation: a folder of forty photographs becomes twelve records, and every press of a button and of a key is counted.

The time is that of the keystroke-level model (Card, Moran, Newell 1980): it is computed from the counts, so a slow machine changes nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.browser.installation import PASSWORD, ROOT
from tests.browser.office_screens import accept, give_oneself_an_office, invite
from tests.browser.staff_screens import RECORDS, drop_folder, sign_in
from tests.library.cataloguing.light_table.photographs import photograph
from tests.waiting import wait_until

PROVINCE = "Cơ quan văn hóa tỉnh Lào Cai"
PHOTOGRAPHS, LOTS = 40, 12
KEY, POINT_AND_CLICK, THINK = 0.28, 1.3, 1.35  # seconds: a key of an average typist, pointing with a click, making up one's mind
TEN_MINUTES = 600


@dataclass
class Hands:
    """One person's hands on a page: what they press is counted."""

    page: Any
    clicks: int = 0
    keys: int = 0
    thoughts: int = 0

    def click(self, where: Any) -> None:
        where.click()
        self.clicks += 1
        self.thoughts += 1

    def type(self, words: str) -> None:
        """Types into what has the focus. Vietnamese letters cost as many keys as Telex asks for."""
        self.page.keyboard.insert_text(words)
        self.keys += sum(1 if letter.isascii() else 3 for letter in words)
        self.thoughts += 1

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.keys += 1

    @property
    def seconds(self) -> float:
        """The time that these presses take by the model."""
        return self.keys * KEY + self.clicks * POINT_AND_CLICK + self.thoughts * THINK


def _fill(folder: Path) -> None:
    """Forty photographs of twelve things, named by the office's own code; half of the things lie in a folder inside."""
    begin, inside = datetime(2026, 11, 24, 8), folder / "Buổi chiều"
    inside.mkdir(parents=True)
    for number in range(PHOTOGRAPHS):
        lot, place = number % LOTS + 1, number // LOTS + 1
        path = (inside if lot > LOTS / 2 else folder) / f"KK-{lot:03}_{place}.jpg"
        when = begin + timedelta(hours=lot, minutes=place)
        path.write_bytes(photograph(number, when=when, where=(22.39, 103.83)))


def _officer(root: Any, page: Any, url: str) -> None:
    sign_in(root, url, ROOT, PASSWORD)
    give_oneself_an_office(root)
    root.get_by_role("link", name="Cơ quan và người").click()
    root.get_by_role("link", name=PROVINCE).first.click()
    accept(page, invite(root, "Giàng A Sì", "Người biên mục"))


def _wait_for_script(page: Any) -> None:
    """Waits for what a page shows only once its script has begun."""
    page.get_by_role("button", name="Bỏ chọn").wait_for()


def _common(hands: Hands) -> None:
    """What all twelve records share: the people, and where it is from."""
    page = hands.page
    hands.click(page.locator(".lt__common [role=combobox]").first)
    hands.type("mong")
    page.get_by_role("option", name="Mông", exact=True).wait_for()
    hands.press("Enter")
    hands.click(page.locator("[name=source]"))
    hands.type("Kiểm kê của tỉnh, 2026")
    hands.click(page.get_by_role("button", name="Lưu phần chung"))
    page.get_by_text("Đã lưu phần chung.").wait_for()
    _wait_for_script(page)


def _write(hands: Hands) -> None:
    """A title for each group and a line under each photograph, by Enter from one to the next."""
    page = hands.page
    hands.click(page.locator(".lt__title").first)
    for lot in range(LOTS):
        hands.type(f"Hội bản số {lot + 1}")
        hands.press("Enter")
        for _photograph in range(page.locator(".lt__group").nth(lot).locator(".lt__photo").count()):
            hands.type("Bà con trên bãi")
            hands.press("Enter")


def _add_to_the_last(page: Any, path: Path) -> None:
    """One more photograph comes, is described and added to a record that is there, found by its name without marks."""
    page.set_input_files("#lt-bring input[multiple]:not([webkitdirectory])", path)
    shot = page.locator("#lt-unsorted [data-photo][data-state=ready]")
    shot.wait_for(timeout=60_000)
    shot.locator(".lt__caption").fill("Cụ già thổi khèn")
    shot.locator("[name=photo]").check(force=True)
    page.get_by_role("button", name="Chọn tư liệu đã có").click()
    dialogue = page.locator(".modal-content")
    dialogue.get_by_label("Tìm theo tên hoặc mã").fill("hoi ban so 12")
    dialogue.get_by_role("link", name="Hội bản số 12").click()
    page.get_by_role("button", name="Thêm ảnh vào tư liệu").click()
    page.get_by_text("Đã thêm 1 ảnh vào “Hội bản số 12”.").wait_for()
    added = page.locator("[data-made]", has_text="Đã thêm vào tư liệu này")
    assert (added.locator(".lt__written").inner_text(), page.locator("#lt-unsorted").count()) == ("Cụ già thổi khèn", 0)


def test_forty_photographs_become_twelve_records(installation, somebody, axe, tmp_path):
    page, url = somebody(), installation.url
    _officer(somebody(), page, url)
    hands, folder = Hands(page), tmp_path / "Kiểm kê"
    _fill(folder)
    hands.click(page.get_by_role("link", name="Bàn ảnh"))
    hands.click(page.get_by_role("button", name="Mở bàn ảnh mới"))
    _wait_for_script(page)
    drop_folder(page, folder, page.locator("#lt-unsorted"))
    hands.clicks += 2  # the folder is taken, and let go
    ready = page.locator("[data-photo][data-state=ready]")
    wait_until(lambda: ready.count() == PHOTOGRAPHS, every=1, what="all photographs have arrived and are shown")

    hands.click(page.get_by_role("button", name="Xếp theo tên tệp"))
    page.get_by_text("Đã xếp thành 12 nhóm.").wait_for()
    first = page.locator(".lt__group").first
    hands.click(first.get_by_role("button", name="Ghi ngày chụp 24/11/2026"))
    first.get_by_text("· 24/11/2026").wait_for()
    hands.click(first.get_by_role("button", name="Ghi nơi chụp"))
    first.get_by_text("Ghi nơi chụp").wait_for(state="detached")
    page.locator("[name=photo]").nth(1).focus()
    hands.press("r")
    page.locator("[data-turn='90']").wait_for()
    _common(hands)
    _write(hands)
    assert axe(page) == []

    wait_until(lambda: "40 ảnh" not in page.locator("#lt-bar").inner_text(), what="the captions are kept")
    hands.click(page.get_by_role("button", name="Lập 12 tư liệu"))
    page.get_by_text("Đã lập 12 tư liệu nháp.").wait_for()
    expect(page.locator("[data-made]")).to_have_count(LOTS)
    assert (hands.clicks <= 15, hands.keys <= 1200) == (True, True), hands
    assert hands.seconds < TEN_MINUTES, hands

    late = tmp_path / "IMG_0041.jpg"
    late.write_bytes(photograph(PHOTOGRAPHS + 1))
    _add_to_the_last(page, late)

    page.get_by_role("link", name="Hội bản số 1", exact=True).click()
    page.wait_for_url(f"**{RECORDS}edit/**")
    for name, words in (("title_vi", "Hội bản số 1"), ("media-0-alt_vi", "Bà con trên bãi"), ("dates-0-edtf", "24/11/2026")):
        expect(page.locator(f"[name={name}]")).to_have_value(words)
    page.goto(f"{url}{RECORDS}?q=hoi+ban+so")
    expect(page.locator("td.title")).to_have_count(LOTS)
