"""One journey through the whole site: an officer describes and uploads, the worker works, a reviewer publishes, a villager finds."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from library.accounts.roles import load_roles
from library.cataloguing.review.workflow import load_review_workflow
from library.records.models import Record
from media_pipeline.jobs.runner import run_one
from search.indexing.outbox import drain_all
from tests.factories import make_group, make_office, make_term, make_user

PASSWORD = "secret-secret"
ADD = "/admin/snippets/records/record/add/"


@pytest.fixture(scope="module")
def people(site) -> dict[str, str]:
    """Login names of an officer and of a reviewer of the same office."""
    load_roles()
    load_review_workflow()
    make_term("vn_ich_categories", "le-hoi", "Lễ hội truyền thống")
    return {role: make_user(role, make_office("tinh-15")).username for role in ("cataloguer", "reviewer")}


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A picture that an officer would upload."""
    path = tmp_path / "IMG_0001.jpg"
    Image.effect_mandelbrot((900, 600), (-2, -1.3, 1, 1.3), 60).convert("RGB").save(path, quality=85)
    return path


def _sign_in(open_page: Any, name: str) -> Any:
    page = open_page("/admin/login/", width=1440)
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    return page


def _tab(page: Any, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def _describe(page: Any, site: Any, picture: Path) -> None:
    """Fills the form the way an officer does, by what is written on it."""
    page.goto(f"{site.url}{ADD}")
    page.get_by_role("link", name="Di sản phi vật thể").click()
    page.fill("[name=title_vi]", "Hội Xuống chợ Tả Phìn")
    page.fill("[name=summary_vi]", "Người Mông ở Tả Phìn mở hội đầu xuân.")
    page.select_option("[name=details-0-value-category]", "le-hoi")
    _tab(page, "Của ai, ở đâu")
    page.get_by_role("combobox").first.fill("mong")
    page.get_by_role("option", name=make_group().name_vi).first.wait_for()
    page.keyboard.press("Enter")
    _tab(page, "Ảnh, tiếng, phim")
    page.get_by_role("button", name="Thêm tệp").click()
    page.get_by_role("button", name="Chọn tệp").click()
    dialogue = page.locator(".modal-content")
    dialogue.get_by_role("tab", name="Tải lên").click()
    dialogue.locator("input[type=file]").set_input_files(picture)
    dialogue.locator("form:has(input[type=file]) [type=submit]").click()
    dialogue.wait_for(state="hidden")
    page.fill("[name=media-0-alt_vi]", "Đám đông trên bãi chợ")
    _tab(page, "Nguồn")
    page.get_by_role("button", name="Thêm nguồn").click()
    page.fill("[name=sources-0-citation]", "Sổ tay của xã Tả Phìn, 2024")
    page.select_option("[name=confidence]", "high")


def test_from_the_officers_admin_to_the_villagers_phone(site, open_page, people, picture):
    officer = _sign_in(open_page, people["cataloguer"])
    _describe(officer, site, picture)
    officer.get_by_role("button", name="Lưu bản nháp").click()
    officer.wait_for_url("**/edit/**")
    record = Record.objects.get(title_vi="Hội Xuống chợ Tả Phìn")
    assert not record.live

    while run_one():
        pass
    assert record.media.get().asset.state == "ready"

    reviewer = _sign_in(open_page, people["reviewer"])
    reviewer.goto(f"{site.url}/admin/snippets/records/record/edit/{record.pk}/")
    reviewer.locator(".w-dropdown__toggle, [data-w-dropdown-target=toggle]").last.click()
    reviewer.get_by_role("button", name="Đăng", exact=True).click()
    reviewer.wait_for_url("**/admin/snippets/records/record/")
    drain_all()

    villager = open_page("/", width=360)
    villager.locator("input[name=q]").first.fill("hoi xuong cho ta phin")
    villager.keyboard.press("Enter")
    villager.get_by_role("link", name="Hội Xuống chợ Tả Phìn").first.click()
    assert villager.locator("h1").inner_text() == "Hội Xuống chợ Tả Phìn"
    image = villager.get_by_alt_text("Đám đông trên bãi chợ").first
    image.scroll_into_view_if_needed()
    villager.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=image.element_handle())
    assert "KB" in villager.locator("main").inner_text()
