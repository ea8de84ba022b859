"""From an empty installation with ``createsuperuser`` only, by what is written on the pages: offices, people, a record, its public."""

from typing import Any

from playwright.sync_api import expect

from media_pipeline.text.folding import fold
from tests.browser.installation import PASSWORD, ROOT
from tests.browser.office_screens import accept, give_oneself_an_office, invite
from tests.browser.staff_screens import PICTURE, TITLE, choose_in_menu, decide, describe_record, open_menu, sign_in
from tests.waiting import wait_until

PROVINCE = "Cơ quan văn hóa tỉnh Lào Cai"
OTHER_PROVINCE = "Cơ quan văn hóa tỉnh Tuyên Quang"


def _add_a_commune(page: Any) -> None:
    page.get_by_role("link", name="Thêm cơ quan dưới đây").click()
    page.get_by_label("Tên tiếng Việt").fill("Xã Tả Phìn")
    page.get_by_role("button", name="Thêm cơ quan").click()
    page.get_by_role("heading", name="Xã Tả Phìn").first.wait_for()


def _found(page: Any, url: str, title: str = TITLE) -> bool:
    """Whether the public search, typed without marks, lists the record."""
    page.goto(f"{url}/tim-kiem/?q={fold(title).replace(' ', '+')}")
    return bool(page.get_by_role("link", name=title).count())


def _read_how_peoples_say_water(page: Any, url: str) -> None:
    """From the first page to a concept, from there to the dictionary of one list, and a search in it without marks."""
    page.goto(url)
    page.get_by_role("contentinfo").get_by_role("link", name="Từ, câu").click()
    page.get_by_role("link", name="nước", exact=True).click()
    expect(page.locator("h1")).to_have_text("nước")
    page.get_by_role("link", name="Rhade (ABVD)").click()
    expect(page.locator("h1")).to_have_text("Tiếng Ê Đê")
    page.get_by_label("Tìm trong từ điển này, gõ không dấu cũng được").fill("nuoc")
    page.get_by_role("search", name="Tìm trong từ điển này").get_by_role("button", name="Tìm").click()
    expect(page.get_by_role("status")).to_contain_text("Tìm thấy 1 mục")
    expect(page.get_by_role("link", name="êa")).to_be_visible()


def _find_what_is_near(page: Any, url: str) -> None:
    """From the first page to the map, the communes near the device, one of them, and the district that it was in before July 2025."""
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 22.40, "longitude": 103.85})
    asked: list[str] = []
    page.goto(url)
    page.get_by_role("contentinfo").get_by_role("link", name="Theo tỉnh, thành phố").click()
    page.on("request", lambda request: asked.append(request.url.removeprefix(url)))
    page.get_by_role("button", name="Gần tôi").click()
    page.get_by_role("link", name="Xã Tả Phìn, Lào Cai chừng").click()
    expect(page.locator("h1")).to_have_text("Xã Tả Phìn")
    assert "/tinh/gan-toi.json" in asked  # the same file wherever the device is
    page.get_by_role("link", name="Thị xã Sa Pa").first.click()
    expect(page.locator("h1")).to_have_text("Thị xã Sa Pa")
    page.get_by_role("link", name="63 tỉnh, thành phố trước 7/2025").click()
    page.get_by_role("list").get_by_role("link", name="Hà Giang").click()
    expect(page.get_by_role("link", name="Tuyên Quang").first).to_be_visible()


def test_offices_people_a_record_and_its_public(installation, somebody, picture):
    url = installation.url
    root, administrator, cataloguer, reviewer, villager = somebody(), somebody(), somebody(), somebody(), somebody(360)
    _read_how_peoples_say_water(villager, url)
    _find_what_is_near(villager, url)
    sign_in(root, url, ROOT, PASSWORD)
    give_oneself_an_office(root)
    root.get_by_role("link", name=PROVINCE).click()
    accept(administrator, invite(root, "Vàng Thị Lan", "Quản trị"))

    administrator.get_by_role("link", name="Cơ quan và người").click()
    administrator.get_by_role("heading", name=PROVINCE).first.wait_for()
    assert not administrator.get_by_role("link", name="Bộ phụ trách văn hóa").count()
    accept(reviewer, invite(administrator, "Lý Mẩy", "Người duyệt"))
    _add_a_commune(administrator)
    accept(cataloguer, invite(administrator, "Giàng A Páo", "Người biên mục"))

    describe_record(cataloguer, url, picture)
    choose_in_menu(cataloguer, "Gửi duyệt")
    assert not _found(villager, url)

    reviewer.goto(f"{url}/admin/")
    reviewer.get_by_role("link", name=TITLE).click()
    edit_page = url + reviewer.get_by_role("link", name="Mở tờ khai").get_attribute("href")
    decide(reviewer, "Duyệt")

    wait_until(lambda: _found(villager, url), every=1, what="the public finds the record")
    villager.get_by_role("link", name=TITLE).first.click()
    expect(villager.locator("h1")).to_have_text(TITLE, use_inner_text=True)
    public_page = villager.url
    wait_until(lambda: _shows_the_picture(villager, public_page), every=2, what="the picture is made and shown")

    reviewer.goto(edit_page)
    open_menu(reviewer)
    reviewer.get_by_role("link", name="Gỡ xuống…").click()
    reviewer.get_by_label("Lý do").fill("Gia đình xin gỡ")
    reviewer.get_by_role("button", name="Gỡ xuống").click()
    reviewer.wait_for_url("**/admin/snippets/records/record/")
    assert villager.goto(public_page).status == 410
    wait_until(lambda: not _found(villager, url), every=1, what="the search forgets the record")


def _shows_the_picture(page: Any, address: str) -> bool:
    page.goto(address)
    image = page.get_by_alt_text(PICTURE).first
    if not image.count():
        return False
    image.scroll_into_view_if_needed()
    page.wait_for_function("image => image.complete", arg=image.element_handle())
    return bool(image.evaluate("image => image.naturalWidth > 0"))


APPROVED, RETURNED = "Hội Mừng nhà mới Tả Phìn", "Hội Cơm mới Tả Phìn"
NEW_SUMMARY = "Người Mông ở Tả Phìn mở hội cơm mới vào tháng Mười."


def test_two_records_go_through_the_review_and_a_change_after_it(installation, somebody, picture):
    url = installation.url
    root, administrator, cataloguer, reviewer, villager = somebody(), somebody(), somebody(), somebody(360), somebody(360)
    sign_in(root, url, ROOT, PASSWORD)
    if root.get_by_role("heading", name="Việc đầu tiên").count():
        give_oneself_an_office(root)
    root.goto(f"{url}/admin/offices/")
    root.get_by_role("link", name=OTHER_PROVINCE).click()
    accept(administrator, invite(root, "Nông Văn Quản", "Quản trị"))
    administrator.get_by_role("link", name="Cơ quan và người").click()
    accept(reviewer, invite(administrator, "Hoàng Thị Duyệt", "Người duyệt"))
    _add_a_commune(administrator)
    accept(cataloguer, invite(administrator, "Lù A Chứ", "Người biên mục"))

    for title in (APPROVED, RETURNED):
        describe_record(cataloguer, url, picture, title)
        choose_in_menu(cataloguer, "Gửi duyệt")
        expect(cataloguer.locator(".messages")).to_contain_text("chưa có người duyệt nên chuyển thẳng lên")
        assert not _found(villager, url, title)

    reviewer.goto(f"{url}/admin/")
    reviewer.locator(".work-bell").click()  # on a phone
    reviewer.get_by_role("link", name=RETURNED).click()
    expect(reviewer.frame_locator("iframe").first.locator("h1")).to_have_text(RETURNED, use_inner_text=True)
    reviewer.get_by_role("button", name="Trả lại kèm lý do").click()
    reviewer.get_by_text("Xin ghi lý do trả lại").wait_for()
    decide(reviewer, "Trả lại kèm lý do", "Hội mở tháng nào? Xin ghi thêm.")
    reviewer.get_by_label(f"Chọn “{APPROVED}”").check()
    reviewer.get_by_role("button", name="Duyệt các tư liệu đã chọn").click()
    reviewer.get_by_text("Đã duyệt và đăng 1 tư liệu").wait_for()
    wait_until(lambda: _found(villager, url, APPROVED), every=1, what="the public finds the approved record")

    cataloguer.goto(f"{url}/admin/my-work/")
    cataloguer.get_by_role("link", name=RETURNED).click()
    expect(cataloguer.locator(".messages")).to_contain_text("Hội mở tháng nào?")
    cataloguer.fill("[name=summary_vi]", NEW_SUMMARY)
    choose_in_menu(cataloguer, "Gửi duyệt lại")
    _approve(reviewer, url, RETURNED)
    wait_until(lambda: _found(villager, url, RETURNED), every=1, what="the public finds the mended record")

    cataloguer.goto(f"{url}/admin/snippets/records/record/")
    cataloguer.get_by_role("link", name=RETURNED).first.click()
    cataloguer.fill("[name=summary_vi]", NEW_SUMMARY.replace("tháng Mười", "tháng Chín"))
    choose_in_menu(cataloguer, "Gửi duyệt")
    villager.get_by_role("link", name=RETURNED).first.click()
    expect(villager.locator("h1")).to_have_text(RETURNED, use_inner_text=True)
    expect(villager.locator("main")).to_contain_text("tháng Mười")
    _approve(reviewer, url, RETURNED, differs=("Mười.", "Chín."))
    villager.reload()
    expect(villager.locator("main")).to_contain_text("tháng Chín")


def _approve(page: Any, url: str, title: str, differs: tuple[str, str] | None = None) -> None:
    """Opens the reading sheet from the list of work and approves; ``differs``: what the sheet shows as removed and as added."""
    page.goto(f"{url}/admin/my-work/")
    page.get_by_role("link", name=title).click()
    if differs:
        for tag, words in zip(("del", "ins"), differs, strict=True):
            expect(page.locator(f".review-differences {tag}")).to_have_text(words)
        expect(page.get_by_text("1 chỗ khác bản đang đăng").first).to_be_attached()
    decide(page, "Duyệt")


def test_words_without_a_result_become_a_task_that_a_curator_ends(installation, somebody, picture):
    url = installation.url
    root, villager = somebody(), somebody(360)
    sign_in(root, url, ROOT, PASSWORD)
    if root.get_by_role("heading", name="Việc đầu tiên").count():
        give_oneself_an_office(root)
    describe_record(root, url, picture)
    choose_in_menu(root, "Đăng")
    wait_until(lambda: _found(villager, url), every=1, what="the public finds the record")

    for _time in range(3):
        villager.goto(f"{url}/tim-kiem/?q=khau+cut")
        assert not villager.get_by_role("link", name=TITLE).count()
    root.goto(f"{url}/admin/tim-kiem/")
    root.get_by_role("link", name="Mở việc khau cut").click()
    root.get_by_label("Trạng thái").select_option("working")
    root.get_by_label("Giao cho người").select_option(index=1)
    root.get_by_role("button", name="Lưu").click()
    expect(root.get_by_role("row", name="khau cut")).to_contain_text("đang làm")

    root.get_by_role("link", name="Mở việc khau cut").click()
    root.get_by_role("link", name="Thêm từ đồng nghĩa hoặc ghim tư liệu").click()
    root.get_by_role("button", name="Thêm từ đồng nghĩa").click()
    root.fill("[name=synonyms-0-words]", "xuống chợ")
    root.get_by_text("gõ “khau cut” tìm thêm được 1 tư liệu").wait_for()
    root.get_by_role("button", name="Thêm tư liệu ghim").click()
    root.get_by_role("button", name="Chọn tư liệu").click()
    root.locator(".modal-content").get_by_role("row", name="đã đăng").get_by_role("link", name=TITLE).click()
    root.get_by_text("ghim, mới vào").wait_for()
    root.fill("[name=note]", "người vùng này gọi hội là khau cút")
    root.locator("#w-editor-form footer [type=submit]").first.click()
    root.get_by_role("row", name="khau cut").wait_for()

    root.goto(f"{url}/admin/tim-kiem/")
    root.get_by_role("button", name="Xem độc giả nay được gì khau cut").click()
    root.get_by_text("Độc giả gõ “khau cut” nay thấy").wait_for()
    expect(root.get_by_role("row", name="khau cut")).to_have_count(0)

    villager.goto(f"{url}/tim-kiem/?q=khau+cut")
    assert villager.locator("main").get_by_text("thư viện chọn cho câu tìm này").count()
    assert villager.get_by_role("link", name=TITLE).count()
