"""The record form as an officer fills it: dates as she says them, a former commune, a language by its name; and all of it is kept."""

import re
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from library.records.models import Record, RecordMedia
from library.review.workflow import load_review_workflow
from library.vocabularies.models import AdminChange, AdminUnit
from media_pipeline.models import Asset
from tests.factories import make_office, make_record, make_term, make_user

from .staff_screens import RECORDS, open_tab, sign_in


@pytest.fixture
def officer(site, open_page) -> Any:
    """The admin, with somebody of the office signed in."""
    load_review_workflow()
    user = make_user("cataloguer", make_office("tinh-15"))
    page = open_page("/", width=1366)
    sign_in(page, site.url, user.username, "secret-secret")
    return page


def _unit(pk: int, level: str, label: str, parent: AdminUnit | None = None) -> AdminUnit:
    fields = {"level": level, "code": f"t{pk}", "label_vi": label, "slug": f"t{pk}", "parent": parent}
    return AdminUnit.objects.get_or_create(pk=pk, defaults=fields)[0]


def _save(page: Any) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu bản nháp").click()


def test_a_date_a_former_commune_and_a_language_are_written_as_people_say_them_and_kept(site, officer):
    make_term("languages", "tyz", "tiếng Tày")
    province = _unit(90_007, "province", "Lào Cai")
    commune = _unit(91_300, "commune", "Xã Cốc Lầu", province)
    former = _unit(82_359, "former_commune", "Xã Nậm Lúc", _unit(80_197, "former_district", "Huyện Bắc Hà"))
    AdminChange.objects.get_or_create(old=former, new=commune, defaults={"how": "whole", "effective": date(2025, 7, 1)})
    record = make_record("Hội Xuống đồng Nậm Lúc", office=make_office("tinh-15"), published=False)
    page = officer
    page.goto(f"{site.url}{RECORDS}edit/{record.pk}/")
    page.get_by_role("button", name="Thêm văn bản").click()
    page.select_option("[name=texts-0-role]", "other_title")
    page.fill("[name=texts-0-language]", "tieng tay")
    page.fill("[name=texts-0-text]", "Lồng tồng")
    open_tab(page, "Của ai, ở đâu")
    places = page.locator("#id_places")
    places.fill("nam luc")
    page.get_by_role("option", name="Xã Nậm Lúc, Huyện Bắc Hà (cũ) → Xã Cốc Lầu, Lào Cai").wait_for()
    places.press("Enter")
    page.get_by_role("button", name="Thêm thời gian").click()
    page.fill("[name=dates-0-edtf]", "12/3/25")
    page.get_by_role("button", name="12/3/2025").click()
    page.get_by_text("Hiểu là: Ngày 12 tháng 3 năm 2025").wait_for()
    _save(page)
    page.goto(f"{site.url}{RECORDS}edit/{record.pk}/")
    open_tab(page, "Của ai, ở đâu")
    expect(page.locator("[name=dates-0-edtf]")).to_have_value("12/3/2025")
    expect(page.locator("[name=texts-0-language]")).to_have_value("tiếng Tày")
    page.fill("[name=place_recorded]", "bản Nậm Lúc")
    _save(page)
    saved = Record.objects.get(pk=record.pk).latest_revision.as_object()
    assert (list(saved.places.all()), list(saved.former_units.all())) == ([commune], [former])
    assert (saved.dates.get().edtf, saved.texts.get().language) == ("2025-03-12", "tyz")


def test_a_file_in_the_form_shows_its_picture(site, officer):
    record = make_record("Chợ Tả Phìn", office=make_office("tinh-15"), published=False)
    asset = Asset.objects.filter(kind="image", derivatives__name="img-400-jpg").first()
    RecordMedia.objects.create(record=record, asset=asset, alt_vi="Chợ")
    Record.objects.get(pk=record.pk).save_revision()
    officer.goto(f"{site.url}{RECORDS}edit/{record.pk}/")
    open_tab(officer, "Ảnh, tiếng, phim")
    picture = officer.locator("#id_media-0-asset-chooser [data-chooser-image]")
    expect(picture).to_have_attribute("src", re.compile(f"{asset.uuid}/img-"))


def test_each_type_says_what_it_is_for_and_the_form_names_the_type(site, officer):
    officer.goto(f"{site.url}{RECORDS}add/")
    officer.get_by_text("Cả bản, cả vùng cùng mở", exact=False).wait_for()
    officer.get_by_role("link", name="Lễ hội").click()
    officer.get_by_role("heading", name="Lễ hội mới").wait_for()
    expect(officer).to_have_title(re.compile("Lễ hội mới"))
    title = officer.locator("[name=title_vi]")
    assert title.get_attribute("maxlength") is None
    title.fill("Gầu Tào Sa Pa")
    officer.locator("near-titles").get_by_role("link", name="Lễ hội Gầu Tào").wait_for()


def test_the_form_says_what_is_missing_to_publish_and_leads_to_each_field(site, officer):
    officer.goto(f"{site.url}{RECORDS}add/?type=festival")
    meter = officer.locator("record-completeness")
    officer.fill("[name=title_vi]", "Hội dựng nêu")
    meter.get_by_role("button", name="Nguồn").click()
    officer.get_by_role("tab", name="Nguồn", selected=True).wait_for()
    meter.get_by_role("button", name="Tóm tắt").click()
    officer.get_by_role("tab", name="Là gì", selected=True).wait_for()
    officer.locator("[name=summary_vi]:focus").wait_for()
    officer.keyboard.type("Người Mông dựng nêu đầu xuân.")
    meter.get_by_role("button", name="Tóm tắt").wait_for(state="detached")
    expect(officer.locator("label[for=id_summary_vi]")).to_contain_text("cần khi đăng")
    mark = officer.locator("label[for=id_title_vi] .w-required-mark")  # its words are drawn by the style sheet
    assert "bắt buộc" in mark.evaluate("mark => getComputedStyle(mark, '::after').content")


def test_a_date_rule_asks_no_second_calendar_and_is_read_back_with_the_next_times(site, officer):
    make_term("calendars", "vn-lunar", "Âm lịch Việt Nam")
    officer.goto(f"{site.url}{RECORDS}add/?type=festival")
    officer.select_option("[name=details-0-value-calendar]", "vn-lunar")
    expect(officer.locator("[name=details-0-value-date_rule-calendar]")).to_be_hidden()
    officer.fill("[name=details-0-value-date_rule-start_month]", "1")
    officer.fill("[name=details-0-value-date_rule-start_day]", "8")
    officer.get_by_text("Hiểu là: Mùng 8 tháng Giêng").wait_for()
    expect(officer.get_by_text("Ba lần tới:")).to_have_text(re.compile("^[^·]+·[^·]+·[^·]+$"))


def test_a_field_leads_to_its_place_in_the_handbook(site, officer):
    officer.goto(f"{site.url}{RECORDS}add/?type=festival")
    link = officer.get_by_role("link", name="Sổ tay: Lịch").first
    with officer.expect_popup() as opened:
        link.click()
    opened.value.wait_for_url("**#calendar")
    expect(opened.value.locator("#calendar")).to_contain_text("Ngày hội tính theo lịch nào.")
    officer.locator("[name=summary_vi]").focus()
    with officer.expect_popup() as by_key:
        officer.keyboard.press("F1")
    by_key.value.wait_for_url("**#summary_vi")


def test_a_keyword_of_two_words_is_shown_without_quotes_and_stays_one(site, officer):
    record = make_record("Chợ phiên", office=make_office("tinh-15"), published=False)
    officer.goto(f"{site.url}{RECORDS}edit/{record.pk}/")
    open_tab(officer, "Của ai, ở đâu")
    officer.locator(".tagit-new input").fill("ném còn")
    officer.keyboard.press("Enter")
    expect(officer.locator(".tagit-label")).to_have_text("ném còn", use_inner_text=True)
    _save(officer)
    saved = Record.objects.get(pk=record.pk).latest_revision.as_object()
    assert [tag.name for tag in saved.tags.all()] == ["ném còn"]
