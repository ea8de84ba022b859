"""From an empty installation: a cataloguer suggests words that she misses; a reviewer decides on them; a villager finds by every word."""

from typing import Any

from playwright.sync_api import expect

from tests.browser.installation import PASSWORD, ROOT
from tests.browser.office_screens import accept, give_oneself_an_office, invite
from tests.browser.staff_screens import RECORDS, add_source, choose_in_menu, decide, faults_of, open_tab, sign_in
from tests.waiting import wait_until

PROVINCE = "Cơ quan văn hóa tỉnh Lào Cai"
SKIRT, SCARF = "Váy Tả Phìn", "Khăn Tả Phìn"
KEPT, DUPLICATE = "Sợi gai", "Sợi cây gai"  # neither is a term of the collection
OLD_CODE = "soi-cay-gai"
TERMS = "/admin/snippets/vocabularies/term/"


def _send_costume(page: Any, url: str, title: str, material: str) -> None:
    """Describes a costume, suggests its material where the list has none like it, and sends it to be reviewed."""
    page.goto(f"{url}{RECORDS}add/?type=costume")
    page.fill("[name=title_vi]", title)
    page.fill("[name=summary_vi]", "Người Mông ở Tả Phìn tự dệt.")
    page.select_option("[name=details-0-value-kind]", label="áo, váy, quần")
    page.get_by_label("phụ nữ", exact=True).check()
    page.locator("input:has(+ select[data-vocabulary=materials])").fill(material)
    page.get_by_role("button", name=f"Đề xuất “{material}”").click()
    page.get_by_text("Đã đề xuất. Dùng được ngay trong bản nháp").wait_for()
    open_tab(page, "Của ai, ở đâu")
    page.get_by_role("combobox").first.fill("mong")
    page.get_by_role("option", name="Mông", exact=True).wait_for()
    page.keyboard.press("Enter")
    add_source(page)
    choose_in_menu(page, "Gửi duyệt")


def _merge_into_kept(page: Any, axe: Any) -> None:
    """From the open suggestion: chooses the term to keep, looks at what would move, and merges."""
    with page.expect_navigation():
        page.get_by_role("link", name="Gộp vào thuật ngữ đã có").click()
    assert faults_of(page, axe) == []
    page.get_by_role("combobox").fill("soi gai")
    page.get_by_role("option", name=KEPT, exact=True).click()
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_role("heading", name=f"Gộp “{DUPLICATE}” vào “{KEPT}”").wait_for()
    expect(page.get_by_role("row", name="Tư liệu, kể cả bản nháp").get_by_role("cell").last).to_have_text("1")
    page.get_by_role("button", name=f"Gộp vào “{KEPT}”").click()
    page.get_by_text(f"Đã gộp “{DUPLICATE}” vào “{KEPT}”.").wait_for()


def _listed(page: Any, address: str) -> set[str]:
    """Which of the two costumes a page of results lists."""
    page.goto(address)
    return {title for title in (SKIRT, SCARF) if page.get_by_role("link", name=title).count()}


def test_two_suggestions_become_one_term_by_which_readers_find_both_records(installation, somebody, axe):
    url = installation.url
    root, cataloguer, reviewer, villager = somebody(), somebody(), somebody(), somebody(360)
    sign_in(root, url, ROOT, PASSWORD)
    give_oneself_an_office(root)
    root.get_by_role("link", name=PROVINCE).first.click()
    accept(cataloguer, invite(root, "Giàng A Páo", "Người biên mục"))
    accept(reviewer, invite(root, "Lý Mẩy", "Người duyệt"))

    _send_costume(cataloguer, url, SKIRT, KEPT)
    _send_costume(cataloguer, url, SCARF, DUPLICATE)
    reviewer.goto(f"{url}/admin/")
    with reviewer.expect_navigation():
        reviewer.get_by_role("link", name="Việc của tôi (4)").first.click()  # two records, two terms
    assert faults_of(reviewer, axe) == []
    reviewer.get_by_role("link", name=KEPT, exact=True).click()
    reviewer.get_by_text("Giàng A Páo đề xuất").wait_for()
    assert faults_of(reviewer, axe) == []
    reviewer.get_by_label("Nhãn tiếng Anh").fill("Ramie")
    reviewer.get_by_role("button", name="Nhận vào bộ từ vựng").click()
    reviewer.get_by_text(f"Đã nhận “{KEPT}” vào bộ từ vựng.").wait_for()
    reviewer.get_by_role("link", name=SCARF, exact=True).click()
    reviewer.get_by_role("link", name=f"Quyết định về thuật ngữ “{DUPLICATE}”").click()
    _merge_into_kept(reviewer, axe)
    reviewer.goto(f"{url}{TERMS}")
    assert faults_of(reviewer, axe) == []
    for title in (SKIRT, SCARF):
        reviewer.goto(f"{url}/admin/my-work/")
        reviewer.get_by_role("link", name=title, exact=True).click()
        decide(reviewer, "Duyệt")

    both = {SKIRT, SCARF}
    for asked in ("q=soi+gai", "q=soi+cay+gai", "q=ramie", "costume_material=soi-gai", f"costume_material={OLD_CODE}"):
        address = f"{url}/tim-kiem/?{asked}"
        wait_until(lambda address=address: _listed(villager, address) == both, every=1, what=f"the public finds both by {asked}")
    assert _listed(villager, f"{url}/tim-kiem/?costume_material=silk") == set()
    _listed(villager, f"{url}/tim-kiem/?q=soi+gai")
    villager.get_by_role("link", name=SCARF, exact=True).first.click()
    expect(villager.locator("h1")).to_have_text(SCARF, use_inner_text=True)
    expect(villager.locator("main")).to_contain_text(KEPT)
    expect(villager.locator("main")).not_to_contain_text(DUPLICATE)
