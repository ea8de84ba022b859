"""From an empty installation: a commune's officer imports twenty rows with photographs, and mends two errors from the report."""

import io
import zipfile
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.installation import PASSWORD, ROOT
from tests.browser.office_screens import accept, give_oneself_an_office, invite
from tests.browser.staff_screens import sign_in
from tests.waiting import wait_until

PROVINCE = "Cơ quan văn hóa tỉnh Lào Cai"
ROWS, WITH_PICTURE = 20, 5
BAD_DATE, BAD_PICTURE = 4, 9  # rows as the spreadsheet counts them


def _officer(root: Any, page: Any, url: str) -> None:
    """Signs an officer of the province in."""
    sign_in(root, url, ROOT, PASSWORD)
    if root.get_by_role("heading", name="Việc đầu tiên").count():
        give_oneself_an_office(root)
    root.get_by_role("link", name="Cơ quan và người").click()
    root.get_by_role("link", name=PROVINCE).first.click()
    accept(page, invite(root, "Giàng A Sì", "Người biên mục"))


def _filled(template: Path, picture: Path) -> bytes:
    """The template, filled in by somebody who makes two mistakes, packed with the photographs."""
    book = load_workbook(template)
    sheet = book.worksheets[0]
    places = {cell.value: cell.column for cell in sheet[1]}
    for at in range(ROWS):
        row = {
            "Mã riêng của cơ quan": f"TP-{at + 1:03}",
            "Tên": f"Hội bản số {at + 1}",
            "Tóm tắt": "Cả bản mở hội sau vụ gặt.",
            "Dân tộc": ("H’mông", "Dao đỏ", "Giáy")[at % 3],
            "Nơi (xã, tỉnh)": "Tả Phìn, Lào Cai",
            "Thời gian": "31/4/2025" if at + 3 == BAD_DATE else "12/3/2025",
            "Quy mô": "thôn, bản, làng",
            "Nguồn": "Sổ tay của xã, 2026",
        }
        if at < WITH_PICTURE or at + 3 == BAD_PICTURE:
            row["Tên tệp ảnh, tiếng, phim"] = "IMG_0O9.jpg" if at + 3 == BAD_PICTURE else f"IMG_00{at}.jpg"
            row["Lời tả ảnh"] = "Bà con trên bãi hội"
        for name, value in row.items():
            sheet.cell(at + 3, places[name], value)
    table, packed = io.BytesIO(), io.BytesIO()
    book.save(table)
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("kiem-ke.xlsx", table.getvalue())
        for name in [*(f"IMG_00{at}.jpg" for at in range(WITH_PICTURE)), "IMG_009.jpg"]:
            archive.writestr(f"anh/{name}", picture.read_bytes())
    return packed.getvalue()


def test_twenty_rows_with_photographs_from_the_template_to_the_records(installation, somebody, picture, tmp_path):
    page = somebody()
    _officer(somebody(), page, installation.url)
    page.get_by_role("link", name="Nhập dữ liệu").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel Lễ hội").click()
    template = tmp_path / "mau.xlsx"
    download.value.save_as(template)

    page.get_by_label("Loại tư liệu").select_option(label="Lễ hội")
    content = _filled(template, picture)
    page.locator("input[type=file]").set_input_files({"name": "kiem-ke.zip", "mimeType": "application/zip", "buffer": content})
    page.get_by_role("button", name="Gửi để kiểm tra").click()
    page.get_by_role("heading", name="Khớp cột").wait_for()
    page.get_by_role("button", name="Tiếp: kiểm tra trước khi nhập").click()
    page.get_by_role("button", name="Nhập 18 dòng").wait_for()
    expect(page.locator(".imp__sum")).to_contain_text("21 dòng đọc được")

    page.get_by_role("row", name="31/4/2025").get_by_role("textbox").fill("30/4/2025")
    page.get_by_role("row", name="31/4/2025").get_by_role("button", name="Dùng", exact=True).click()
    page.get_by_role("button", name="Nhập 19 dòng").wait_for()
    page.get_by_role("button", name="anh/IMG_009.jpg").click()
    page.get_by_role("button", name="Nhập 20 dòng").click()
    done = page.get_by_role("heading", name="Xong")
    wait_until(done.is_visible, every=1, what="the import is carried out")
    for words in ("20 thêm mới", "0 chưa nhập được"):
        expect(page.locator(".imp__sum")).to_contain_text(words)

    page.get_by_role("link", name="Hội bản số 1", exact=True).click()
    expect(page.locator("[name=title_vi]")).to_have_value("Hội bản số 1")
    expect(page.locator("[name=media-0-alt_vi]")).to_have_value("Bà con trên bãi hội")
    page.get_by_role("link", name="Nhập dữ liệu").first.click()
    page.get_by_role("link", name="kiem-ke.zip").click()
    page.get_by_text("Hoàn tác cả lần nhập…").click()
    page.get_by_role("button", name="Hoàn tác", exact=True).click()
    wait_until(lambda: page.get_by_text("Mọi thứ đã trở về như trước lần nhập.").count(), every=1, what="the import is taken back")
