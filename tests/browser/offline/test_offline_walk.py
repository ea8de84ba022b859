"""From an empty installation: a villager keeps a record with its sound, hears it without a network, and loses it when it is withdrawn."""

from typing import Any

from playwright.sync_api import expect

from tests.browser.installation import PASSWORD, ROOT
from tests.browser.office_screens import give_oneself_an_office
from tests.browser.staff_screens import PICTURE, add_file, choose_in_menu, describe_record, open_menu, sign_in
from tests.browser.stories.things_told import SOUND, clip
from tests.browser.waiting import until
from tests.waiting import wait_until

TITLE, PORTAL = "Hội Cầu mùa Tả Phìn", "Người Mông"
CACHES = "caches.keys()"
VISITED = "caches.open('visited').then(cache => cache.keys()).then(pages => pages.map(page => new URL(page.url).pathname))"
PANEL = "[data-keep-panel]"


def _publish_with_sound(page: Any, url: str, picture: Any) -> None:
    describe_record(page, url, picture, TITLE)
    page.get_by_role("tab", name="Ảnh, tiếng, phim").click()
    add_file(page, clip(picture.parent / "trong.wav", SOUND), "Tiếng trống", 1)
    choose_in_menu(page, "Đăng")


def _has_its_files(page: Any, address: str) -> bool:
    """Whether the worker has made what can be seen and heard."""
    page.goto(address)
    return bool(page.locator("audio[data-bytes]").count() and page.get_by_alt_text(PICTURE).count())


def _keeps_nothing_without_room_or_when_stopped(page: Any, url: str) -> None:
    browser = page.context.new_cdp_session(page)
    keep, status = page.locator(PANEL).get_by_role("button", name="Giữ lại"), page.locator(f"{PANEL} [data-status]")
    browser.send("Storage.overrideQuotaForOrigin", {"origin": url, "quotaSize": 1000})
    keep.click()
    expect(status).to_contain_text("Máy không đủ chỗ")
    browser.send("Storage.overrideQuotaForOrigin", {"origin": url})
    browser.send("Network.enable")
    slow = {"offline": False, "latency": 0, "downloadThroughput": 300, "uploadThroughput": 300}  # bytes a second
    browser.send("Network.emulateNetworkConditions", slow)
    keep.click()
    page.get_by_role("button", name="Dừng").click()
    expect(status).to_have_text("Đã dừng. Chưa giữ gì.")
    browser.send("Network.emulateNetworkConditions", slow | {"downloadThroughput": -1, "uploadThroughput": -1})
    assert not [name for name in page.evaluate(CACHES) if name.startswith("kept")]


def _keep(page: Any) -> None:
    page.locator(PANEL).get_by_role("button", name="Giữ lại").click()
    expect(page.locator(f"{PANEL} [data-status]")).to_contain_text("Đã giữ")


def _plays_without_network(page: Any) -> None:
    """The picture is seen, though another size is asked for, and the sound is heard in its player."""
    image = page.get_by_alt_text(PICTURE).first
    image.scroll_into_view_if_needed()
    until(page, "document.querySelector('figure.pic img').naturalWidth > 0")
    page.locator("[data-rendition] summary").first.click()
    page.locator(".player [data-do=play]").click()
    until(page, "document.querySelector('.player audio').currentTime > 0.3")


def _finds_nothing(page: Any, address: str) -> None:
    page.goto(address)
    expect(page.locator("h1")).to_have_text("Không có mạng")


def _withdraw(page: Any) -> None:
    page.get_by_role("link", name=TITLE).first.click()
    open_menu(page)
    page.get_by_role("link", name="Gỡ xuống…").click()
    page.get_by_label("Lý do").fill("Gia đình xin gỡ")
    page.get_by_role("button", name="Gỡ xuống").click()
    page.wait_for_url("**/admin/snippets/records/record/")


def test_a_record_is_kept_heard_without_a_network_listed_dropped_and_lost_when_it_is_withdrawn(installation, somebody, picture, axe):
    url, officer, villager = installation.url, somebody(), somebody(360, workers="allow")
    sign_in(officer, url, ROOT, PASSWORD)
    give_oneself_an_office(officer)
    _publish_with_sound(officer, url, picture)

    villager.goto(f"{url}/tu-lieu/")
    until(villager, "navigator.serviceWorker.controller !== null")
    villager.get_by_role("link", name=TITLE).click()
    expect(villager.locator("h1")).to_have_text(TITLE, use_inner_text=True)
    record = villager.url
    wait_until(lambda: _has_its_files(villager, record), every=1, what="picture and sound are made")
    panel = villager.locator(PANEL)
    before = panel.locator("[data-price]").inner_text()
    panel.get_by_label("Tiếng, phim").select_option(index=1)
    assert int(before.split()[0]) < int(panel.locator("[data-price]").inner_text().split()[0])
    assert axe(villager) == []
    _keeps_nothing_without_room_or_when_stopped(villager, url)
    _keep(villager)
    villager.goto(f"{url}/dan-toc/mong/")
    _keep(villager)

    villager.context.set_offline(True)
    _finds_nothing(villager, f"{url}/dan-toc/tay/")
    assert axe(villager) == []
    villager.get_by_role("link", name=TITLE).first.click()
    expect(villager.locator("#ban-giu")).to_contain_text("Bản giữ trong máy này từ")
    _plays_without_network(villager)
    _finds_nothing(villager, f"{url}/giu-lai/")
    villager.get_by_role("button", name=f"Bỏ khỏi máy {PORTAL}").click()
    expect(villager.locator("[data-status]")).to_have_text(f"Đã bỏ: {PORTAL}.")
    expect(villager.locator("[data-things] li")).to_have_count(1)

    _withdraw(officer)
    villager.context.set_offline(False)
    villager.goto(f"{url}/giu-lai/")
    expect(villager.locator("[data-none]")).to_be_visible()
    assert axe(villager) == []
    assert not [name for name in villager.evaluate(CACHES) if name.startswith("kept")]
    assert villager.goto(record).status == 410
    villager.context.set_offline(True)
    _finds_nothing(villager, record)

    villager.context.set_offline(False)
    sign_in(villager, url, ROOT, PASSWORD)
    villager.goto(f"{url}/dan-toc/mong/")
    expect(villager.locator("h1")).to_contain_text("Mông")
    villager.goto(f"{url}/dan-toc/")
    assert not villager.locator(PANEL).count()
    assert villager.evaluate(VISITED) == []
