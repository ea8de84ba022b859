"""Every screen of an import on a phone and on a desk: axe finds nothing, nothing is wider than the screen, a cell is mended whole."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from library.exchange.actions.work import advance_imports
from library.exchange.models import Import, ImportRow
from media_pipeline.storage import main_storage
from tests.factories import make_office, make_user

from ..staff_screens import faults_of, sign_in

TABLE = "Mã phiếu;Tên;Tóm tắt;Thời gian\nA1;Hội một;Câu đầu;31/4/2025\nA2;Hội hai;;12/3/2025\nA1;Hội ba;;\n"


@pytest.fixture
def officer(site: Any, open_page: Any, settings: LazySettings, tmp_path: Path) -> Any:
    """The page of imports, with somebody of the office signed in."""
    settings.MEDIA_STORAGE, settings.MEDIA_SCRATCH = str(tmp_path / "media"), tmp_path / "scratch"
    main_storage().prepare()
    user = make_user("cataloguer", make_office("tinh-15"))
    page = open_page("/", width=1366)
    sign_in(page, site.url, user.username, "secret-secret")
    page.goto(f"{site.url}/admin/imports/")
    return page


def _work(page: Any) -> None:
    while advance_imports():
        pass
    page.reload()


def test_every_screen_of_an_import_is_sound_and_a_row_is_mended_left_out_and_taken_back(officer: Any, axe: Any):
    page = officer
    assert faults_of(page, axe) == []
    page.get_by_label("Loại tư liệu").select_option(label="Lễ hội")
    page.locator("input[type=file]").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": TABLE.encode()})
    with page.expect_navigation():
        page.get_by_role("button", name="Gửi để kiểm tra").click()
    assert faults_of(page, axe) == []
    _work(page)
    page.get_by_role("heading", name="Khớp cột").wait_for()
    assert faults_of(page, axe) == []
    with page.expect_navigation():
        page.get_by_role("button", name="Tiếp: kiểm tra trước khi nhập").click()
    _work(page)
    page.get_by_role("button", name="Nhập 1 dòng").wait_for()
    assert faults_of(page, axe) == []

    page.get_by_role("textbox", name="Sửa Thời gian, dòng 2").fill("khoảng 1930;\n30/4/2025")
    with page.expect_navigation():
        page.get_by_role("row", name="31/4/2025").get_by_role("button", name="Dùng", exact=True).click()
    assert ImportRow.objects.get(number=2).cells[3] == "khoảng 1930;\n30/4/2025"
    with page.expect_navigation():
        page.get_by_role("row", name="Mã không trùng").get_by_role("button", name="Bỏ dòng này").click()
    page.get_by_role("link", name="Dòng bỏ qua").click()
    page.get_by_text("Đã có người bỏ dòng này.").wait_for()
    assert faults_of(page, axe) == []
    with page.expect_navigation():
        page.get_by_role("button", name="Kiểm tra lại dòng này").click()
    assert dict(Import.objects.get().counts()) == {"create": 2, "refuse": 1}
