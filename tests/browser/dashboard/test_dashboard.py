"""A reviewer sees what is missing and asks for it; an officer finds the task among her work and writes the record."""

from typing import Any

import pytest
from django.urls import reverse

from library.accounts.roles import load_roles
from library.review.workflow import load_review_workflow
from tests.browser.staff_screens import open_tab, sign_in
from tests.factories import make_group, make_office, make_record, make_user

PASSWORD = "secret-secret"


@pytest.fixture
def people() -> tuple[Any, Any]:
    """The reviewer and the cataloguer of one office; a people without a festival."""
    load_roles()
    load_review_workflow()
    office = make_office("tinh-15")
    make_record("Hội Gầu Tào", office=office, groups=[make_group("08", "Mông")])
    make_group("43", "Lô Lô", "Lo Lo")
    return make_user("reviewer", office), make_user("cataloguer", office)


def test_a_gap_becomes_a_task_and_the_first_record(people, site, open_page, axe):
    reviewer, cataloguer = people
    page = open_page("/", width=1440)
    sign_in(page, site.url, reviewer.username, PASSWORD)
    page.get_by_role("link", name="Theo dõi").click()
    page.get_by_role("link", name="Lô Lô, Lễ hội: chưa có, viết hoặc giao việc").wait_for()
    assert axe(page) == []
    page.get_by_role("link", name="Lô Lô, Lễ hội: chưa có, viết hoặc giao việc").click()
    assert axe(page) == []
    page.get_by_label("Dặn thêm").fill("Hỏi ở Mèo Vạc.")
    page.get_by_role("button", name="Giao việc").click()
    page.get_by_role("link", name="Lễ hội · Lô Lô").wait_for()
    page.context.clear_cookies()
    sign_in(page, site.url, cataloguer.username, PASSWORD)
    page.goto(site.url + reverse("my_work"))
    page.get_by_text("Hỏi ở Mèo Vạc.").wait_for()
    page.get_by_role("link", name="Lễ hội · Lô Lô").click()
    page.get_by_role("link", name="Viết tư liệu đầu tiên").click()
    page.get_by_role("heading", name="Lễ hội mới").wait_for()
    open_tab(page, "Của ai, ở đâu")
    assert page.get_by_text("Lô Lô", exact=True).is_visible()


def test_a_phone_shows_the_dashboard_without_scrolling_sideways(people, site, open_page, axe):
    page = open_page("/")
    sign_in(page, site.url, people[0].username, PASSWORD)
    page.goto(site.url + reverse("dashboard:index"))
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
