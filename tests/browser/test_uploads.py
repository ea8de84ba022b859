"""An officer on a weak link: a reload, an outage, a dead spot and a change of mind, and what was sent is still there."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from media_pipeline.intake import uploads
from media_pipeline.models import Asset, Upload
from tests.factories import make_office, make_user

from .waiting import until_true

ADD = "/admin/media/new/"
PIECES = re.compile(r"/uploads/[0-9a-f-]{36}$")  # one upload: its bytes and its state


@pytest.fixture
def officer(site: Any, open_page: Callable[..., Any]) -> Iterator[Any]:
    """The upload page, signed in."""
    user = make_user("cataloguer", make_office("tinh-15"))
    page = open_page("/admin/login/", width=1440)
    page.fill("[name=username]", user.username)
    page.fill("[name=password]", "secret-secret")
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    page.goto(site.url + ADD)
    page.user = user
    yield page
    for upload in Upload.objects.filter(user=user):
        uploads.give_up(upload)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two megabytes: several pieces."""
    path = tmp_path / "lời kể.txt"
    path.write_text("Ngày xưa ở bản Mường…\n" * 80_000, encoding="utf-8")
    return path


def choose_and_send(page: Any, file: Path) -> None:
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Tải lên").click()


def arrived(page: Any, file: Path) -> bool:
    """On the page of an asset that holds the file."""
    page.wait_for_url("**/admin/media/inspect/*/")
    return Asset.objects.latest("pk").original.size == file.stat().st_size


def test_after_a_reload_the_same_file_goes_on_where_it_stopped(site: Any, officer: Any, file: Path) -> None:
    pieces: set[str] = set()  # where each began; one that a slow library refused is sent again

    def two_pieces(route: Any) -> None:
        if route.request.method == "PATCH":
            pieces.add(route.request.headers["upload-offset"])
        if len(pieces) <= 2:
            route.continue_()  # the third never comes through

    officer.route(PIECES, two_pieces)
    choose_and_send(officer, file)
    until_true(officer, lambda: len(pieces) > 2, "the third is sent when the library has answered the second")
    officer.unroute(PIECES)
    officer.goto(site.url + ADD)
    row = officer.get_by_role("row").filter(has_text="lời kể.txt")
    expect(row).to_contain_text("%")
    expect(row).to_contain_text("Giữ đến")
    with officer.expect_response(lambda answer: answer.request.method == "POST" and answer.url.endswith("/uploads/")) as begun:
        with officer.expect_file_chooser() as chooser:
            row.get_by_role("button", name="Gửi tiếp").click()
        chooser.value.set_files(file)
    assert begun.value.json()["offset"] > 0
    assert arrived(officer, file)


def test_another_file_is_not_taken_for_the_one_that_was_begun(officer: Any, site: Any, file: Path, tmp_path: Path) -> None:
    upload = uploads.begin(officer.user, file.name, file.stat().st_size, fingerprint="of-the-right-file")
    officer.goto(site.url + ADD)
    with officer.expect_file_chooser() as chooser:
        officer.get_by_role("button", name="Gửi tiếp").click()
    chooser.value.set_files(file)
    officer.get_by_text("Đây không phải tệp “lời kể.txt”").wait_for()
    upload.refresh_from_db()
    assert upload.offset == 0


def test_a_server_that_answers_503_for_a_while_is_waited_for(officer: Any, file: Path) -> None:
    answers = [507, 502, 503]
    words = {"code": "storage_absent", "message": "Kho tệp đang không truy cập được. Tệp của bạn vẫn còn."}

    def sometimes(route: Any) -> None:
        if route.request.method == "PATCH" and answers:
            status = answers.pop() if len(answers) > 1 else answers[0]
            body = json.dumps(words) if status != 502 else "<html>Bad Gateway</html>"
            route.fulfill(status=status, body=body, headers={"Retry-After": "1", "Content-Type": "application/json"})
        else:
            route.continue_()

    officer.route(PIECES, sometimes)
    choose_and_send(officer, file)
    until_true(officer, lambda: answers == [507], "three answers have come")
    officer.get_by_role("status").get_by_text("Tệp của bạn vẫn còn").wait_for()
    answers.clear()
    assert arrived(officer, file)


def test_a_dead_spot_ends_when_the_link_is_back(officer: Any, file: Path) -> None:
    officer.context.set_offline(True)
    choose_and_send(officer, file)
    officer.get_by_role("status").get_by_text("Mất mạng").wait_for()
    officer.context.set_offline(False)
    assert arrived(officer, file)


def test_cancelling_frees_the_place(officer: Any, site: Any, file: Path) -> None:
    officer.route(PIECES, lambda route: route.continue_() if route.request.method != "PATCH" else None)
    choose_and_send(officer, file)
    officer.get_by_role("button", name="Huỷ lượt này").click()
    officer.get_by_role("status").get_by_text("Đã huỷ").wait_for()
    officer.goto(site.url + ADD)
    expect(officer.get_by_text("lời kể.txt")).to_have_count(0)
    assert not uploads.open_uploads(officer.user).exists()


def test_an_open_upload_is_cancelled_in_the_list_without_script(open_page: Callable[..., Any], site: Any, officer: Any) -> None:
    uploads.begin(officer.user, "phim cũ.mp4", 1000)
    officer.goto(site.url + ADD)
    plain = open_page("/admin/login/", width=1440, script=False)
    plain.context.add_cookies(officer.context.cookies())
    plain.goto(site.url + ADD)
    assert not plain.get_by_role("button", name="Gửi tiếp").count()
    with plain.expect_navigation():
        plain.get_by_role("button", name="Huỷ", exact=True).press("Enter")
    expect(plain.get_by_text("phim cũ.mp4")).to_have_count(0)
    assert not uploads.open_uploads(officer.user).exists()


def test_a_refused_file_says_why_beside_it(officer: Any, tmp_path: Path) -> None:
    drawing = tmp_path / "bản vẽ.svg"
    drawing.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    choose_and_send(officer, drawing)
    officer.get_by_role("status").get_by_text("không nhận ảnh vẽ SVG").wait_for()
