"""From the list to the file on the officer's machine: what is ticked comes out, and the file is read back."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from library.exchange.actions.bags.reading import open_bag
from library.exchange.actions.exports.work import advance_exports
from library.review.workflow import load_review_workflow
from media_pipeline.storage import main_storage
from tests.factories import make_office, make_record, make_user

from ..staff_screens import RECORDS, faults_of, sign_in


@pytest.fixture
def officer(site: Any, open_page: Any, settings: LazySettings, tmp_path: Path) -> Any:
    """The admin, with somebody of the office signed in."""
    settings.MEDIA_STORAGE, settings.MEDIA_SCRATCH = str(tmp_path / "media"), tmp_path / "scratch"
    main_storage().prepare()
    load_review_workflow()
    user = make_user("cataloguer", make_office("tinh-15"))
    page = open_page("/", width=1366)
    sign_in(page, site.url, user.username, "secret-secret")
    return page


def _saved(page: Any, press: Any, path: Path) -> Path:
    with page.expect_download() as download:
        press()
    download.value.save_as(path)
    return path


def test_what_is_ticked_in_the_list_is_the_file_that_comes(site: Any, officer: Any, axe: Any, tmp_path: Path):
    for title in ("Hội xuất Một", "Hội xuất Hai"):
        make_record(title, office=make_office("tinh-15"), published=False)
    page = officer
    page.goto(f"{site.url}{RECORDS}?q=hoi+xuat")
    page.get_by_role("row", name="Hội xuất Một").get_by_role("checkbox").check()
    with page.expect_navigation():
        page.get_by_role("link", name="Xuất các tư liệu đã chọn").click()
    page.get_by_role("heading", name="Xuất 1 tư liệu").wait_for()
    assert faults_of(page, axe) == []

    page.get_by_role("radio", name="CSV").check()
    path = _saved(page, lambda: page.get_by_role("button", name="Xuất", exact=True).click(), tmp_path / "1.csv")
    _names, row = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))
    assert "Hội xuất Một" in row

    page.get_by_role("radio", name="BagIt").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Xuất", exact=True).click()
    page.get_by_role("button", name="Dừng lại").wait_for()
    assert faults_of(page, axe) == []
    while advance_exports():
        pass
    page.reload()
    assert faults_of(page, axe) == []
    path = _saved(page, lambda: page.get_by_role("link", name="Tải về").click(), tmp_path / "1.zip")
    with open_bag(path) as bag:
        assert [record["title_vi"] for record in bag.records()] == ["Hội xuất Một"]
