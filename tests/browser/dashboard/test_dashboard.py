"""From an empty installation: a reviewer sees what is missing and asks for it; an officer finds the task and writes the first record."""

from typing import Any

from playwright.sync_api import expect

from tests.browser.installation import PASSWORD, ROOT
from tests.browser.office_screens import accept, give_oneself_an_office, invite
from tests.browser.staff_screens import faults_of, open_tab, sign_in

PROVINCE = "Cơ quan văn hóa tỉnh Lào Cai"
GAP = "Giáy, Lễ hội: chưa có, viết hoặc giao việc"
ELSEWHERE = "Chăm, Lễ hội: chưa có, viết hoặc giao việc"


def _people_of_the_province(root: Any, reviewer: Any, cataloguer: Any, url: str) -> None:
    sign_in(root, url, ROOT, PASSWORD)
    give_oneself_an_office(root)
    root.get_by_role("link", name=PROVINCE).first.click()
    accept(reviewer, invite(root, "Lý Mẩy", "Người duyệt"))
    accept(cataloguer, invite(root, "Giàng A Páo", "Người biên mục"))


def test_a_gap_becomes_a_task_and_the_first_record(installation, somebody, axe):
    reviewer, cataloguer = somebody(), somebody()
    _people_of_the_province(somebody(), reviewer, cataloguer, installation.url)
    reviewer.get_by_role("link", name="Theo dõi").click()
    gap = reviewer.get_by_role("link", name=GAP)
    gap.wait_for()
    expect(reviewer.get_by_role("link", name=ELSEWHERE)).to_be_hidden()
    reviewer.get_by_text("dân tộc khác, không sống ở tỉnh này").click()
    reviewer.get_by_role("link", name=ELSEWHERE).wait_for()
    assert faults_of(reviewer, axe) == []

    with reviewer.expect_navigation():
        gap.click()
    assert axe(reviewer) == []
    reviewer.get_by_label("Dặn thêm").fill("Hỏi ở Tả Van.")
    reviewer.get_by_role("button", name="Giao việc").click()
    reviewer.get_by_role("link", name="Lễ hội · Giáy").wait_for()

    cataloguer.get_by_role("link", name="Việc của tôi").first.click()
    cataloguer.get_by_text("Hỏi ở Tả Van.").wait_for()
    cataloguer.get_by_role("link", name="Lễ hội · Giáy").click()
    cataloguer.get_by_role("link", name="Viết tư liệu đầu tiên").click()
    cataloguer.get_by_role("heading", name="Lễ hội mới").wait_for()
    open_tab(cataloguer, "Của ai, ở đâu")
    expect(cataloguer.get_by_text("Giáy", exact=True)).to_be_visible()
