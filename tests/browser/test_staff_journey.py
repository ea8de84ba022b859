"""One journey through the whole site: an officer describes and uploads, the worker works, a reviewer publishes, a villager finds."""

import pytest
from playwright.sync_api import expect

from library.records.models import Record
from library.review.workflow import load_review_workflow
from media_pipeline.jobs.runner import run_one
from search.indexing.outbox import drain_all
from tests.browser.staff_screens import PICTURE, RECORDS, TITLE, choose_in_menu, describe_record, sign_in
from tests.factories import make_office, make_term, make_user

PASSWORD = "secret-secret"


@pytest.fixture(scope="module")
def people(site) -> dict[str, str]:
    """Login names of an officer and of a reviewer of the same office."""
    load_review_workflow()
    make_term("vn_ich_categories", "le-hoi", "Lễ hội truyền thống")
    return {role: make_user(role, make_office("tinh-15")).username for role in ("cataloguer", "reviewer")}


def test_from_the_officers_admin_to_the_villagers_phone(site, open_page, people, picture):
    officer = open_page("/", width=1440)
    sign_in(officer, site.url, people["cataloguer"], PASSWORD)
    describe_record(officer, site.url, picture)
    officer.get_by_role("button", name="Lưu bản nháp").click()
    expect(officer.locator(".messages")).to_contain_text(TITLE)
    record = Record.objects.get(title_vi=TITLE)
    assert not record.live

    while run_one():
        pass
    assert record.media.get().asset.state == "ready"

    reviewer = open_page("/", width=1440)
    sign_in(reviewer, site.url, people["reviewer"], PASSWORD)
    reviewer.goto(f"{site.url}{RECORDS}edit/{record.pk}/")
    choose_in_menu(reviewer, "Đăng")
    drain_all()

    villager = open_page("/", width=360)
    villager.locator("input[name=q]").first.fill("hoi xuong cho ta phin")
    villager.keyboard.press("Enter")
    villager.get_by_role("link", name=TITLE).first.click()
    expect(villager.locator("h1")).to_have_text(TITLE, use_inner_text=True)
    image = villager.get_by_alt_text(PICTURE).first
    image.scroll_into_view_if_needed()
    villager.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=image.element_handle())
    assert "KB" in villager.locator("main").inner_text()
