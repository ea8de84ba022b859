"""What the public pages say, in both languages."""

import json
import re

import pytest
from django.test import Client
from django.utils.translation import override

from library.curation.load import load_pages
from library.frame.drawing.province_map import outlines
from library.frame.navigation import FOOTER, MENU
from library.pages.queries import all_peoples
from library.presentation.lists.kinds import kind_label
from library.records.models import Record, RecordDate, RecordRelation
from library.records.models.choices import Confidence
from library.vocabularies.models import AdminUnit, EthnicGroup, GroupName, Source
from tests.factories import make_group, make_record, make_term
from tests.library.pages.examples import FESTIVAL, make_picture, text

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("prefix", ["", "/en"])


@BOTH
@pytest.mark.parametrize("page", ["/", "/dan-toc/", "/tinh/", "/tu-lieu/", "/lich-le-hoi/", "/dan-toc/nhom-08/", "/tinh/lao-cai/"])
def test_every_page_opens_in_both_languages_and_says_which(client: Client, festival: Record, prefix: str, page: str):
    answer = client.get(prefix + page)
    assert answer.status_code == 200
    assert f'<html lang="{"en" if prefix else "vi"}">' in text(answer)


@BOTH
def test_a_record_page_names_the_record_and_its_identifier(client: Client, festival: Record, prefix: str):
    page = text(client.get(f"{prefix}/ban-ghi/{festival.identifier}/"))
    assert "Lễ hội Gầu Tào" in page
    assert festival.identifier in page


def test_the_language_toggle_keeps_the_place(client: Client, festival: Record):
    here = f"/ban-ghi/{festival.identifier}/"
    assert f'href="/en{here}" hreflang="en"' in text(client.get(here))
    assert f'href="{here}" hreflang="vi"' in text(client.get(f"/en{here}"))


def test_a_vietnamese_title_on_an_english_page_carries_its_language(client: Client, festival: Record):
    assert '<span lang="vi">Lễ hội Gầu Tào</span>' in text(client.get(f"/en/ban-ghi/{festival.identifier}/"))


def test_a_relation_is_shown_from_both_ends(client: Client):
    part, whole = make_record("Bài khèn"), make_record("Lễ hội")
    RecordRelation.objects.create(record=part, kind="sung_at", target=whole)
    assert "hát trong" in text(client.get(part.get_absolute_url()))
    assert "có bài hát" in text(client.get(whole.get_absolute_url()))


def test_what_rests_on_one_source_carries_its_badge(client: Client):
    unsure = make_record("Chưa chắc", confidence=Confidence.MEDIUM)
    assert "Cần kiểm tra" in text(client.get(unsure.get_absolute_url()))


def test_an_unreviewed_summary_says_so(client: Client):
    assert "Tóm tắt chưa thẩm định" in text(client.get(make_record(summary_reviewed=False).get_absolute_url()))
    assert "Tóm tắt chưa thẩm định" not in text(client.get(make_record(summary_reviewed=True).get_absolute_url()))


def test_a_record_without_a_picture_shows_cloth_and_says_whose_it_is_not(client: Client, festival: Record):
    page = text(client.get(festival.get_absolute_url()))
    assert 'class="strip weave"' in page
    assert "Dải hoa văn do máy vẽ" in page


def test_where_a_thing_is_from_is_drawn_in_the_slip(client: Client, festival: Record):
    page = text(client.get(festival.get_absolute_url()))
    slip = page[page.index('class="slip"') :]
    assert slip.count('class="on"') == 1
    assert "<svg" not in text(client.get(make_record("Không rõ nơi").get_absolute_url())).partition('class="slip"')[2]


def test_a_listing_has_a_thin_band_and_nobody_misses_its_picture(client: Client):
    page = text(client.get(make_record("Lần ghi danh").get_absolute_url()))
    assert 'class="strip strip--thin weave"' in page
    assert "Chưa có ảnh" not in page


def test_a_festival_shows_its_rule_and_its_next_three_days(client: Client, festival: Record):
    answer = client.get(festival.get_absolute_url())
    assert "mùng 8 tháng Giêng" in text(answer)
    assert len(answer.context["record"].festival_days.days) == 3


def test_the_day_of_a_festival_that_does_not_come_every_year_is_not_guessed(client: Client):
    rare = make_record("Lễ bỏ mả", record_type="festival", details=[{"type": "festival", "value": FESTIVAL | {"cycle": "some_years"}}])
    assert client.get(rare.get_absolute_url()).context["record"].festival_days.days == []
    assert client.get("/").context["coming"] == []


def test_the_calendar_puts_a_festival_on_its_day_of_both_calendars(client: Client, festival: Record):
    answer = client.get("/lich-le-hoi/", {"thang": "2027-02"})
    days = [day for week in answer.context["month"].weeks for day in week if day and day.festivals]
    assert [(day.date.day, day.lunar) for day in days] == [(13, "8")]


def test_empty_fields_become_questions_and_filled_ones_do_not(client: Client, festival: Record):
    questions = client.get(festival.get_absolute_url()).context["record"].open_questions
    assert "Phần lễ làm những gì, theo thứ tự nào?" in questions
    assert "Ai được dự, khách xa có được vào không?" not in questions


def test_a_portal_introduces_its_people_from_sourced_facts_and_says_that_nobody_has_read_it_over(client: Client, province: AdminUnit):
    group = make_group("08", "Mông")
    Source.objects.create(code="POP2019", title="Tổng điều tra 2019")
    facts = {
        "population_2019": 1_393_547,
        "sources": ["POP2019"],
        "language_vi": "tiếng Mông",
        "branch_vi": "Mông",
        "family_vi": "Mông - Dao",
    }
    EthnicGroup.objects.filter(pk=group.pk).update(**facts)
    group.provinces.add(province)
    told = {"topic": ["origin"], "source_kind": ["written"], "evidence": "told"}
    history = {"record_type": "history", "groups": [group], "details": [{"type": "history", "value": told}]}
    later, earlier = make_record("Chữ Mông", **history), make_record("Người Mông vào Việt Nam", **history)
    RecordDate.objects.create(record=later, edtf="1961")
    RecordDate.objects.create(record=earlier, edtf="17XX/19XX")
    answer = client.get("/dan-toc/nhom-08/")
    introduction = answer.context["introduction"]
    assert introduction.sentences == [
        "Ngày 1 tháng 4 năm 2019, người Mông có 1.393.547 người, đông nhất trong 54 dân tộc.",
        "Người Mông sống nhiều ở Lào Cai.",
        "Người Mông nói tiếng Mông, thuộc nhánh Mông, ngữ hệ Mông–Dao.",
    ]
    assert introduction.history.line.identifier == earlier.identifier
    assert "Tổng điều tra 2019" in text(answer)
    assert "chưa có người trong cộng đồng đọc lại" in text(answer)
    assert "the Hmong numbered 1,393,547" in text(client.get("/en/dan-toc/nhom-08/"))


def test_questions_are_asked_only_of_what_they_make_sense_for_and_lead_to_the_way_to_answer(client: Client):
    load_pages()

    def page_of(record_type: str, **values: str) -> tuple[list[str], str]:
        details = [{"type": record_type.replace("-", "_"), "value": values}]
        answer = client.get(make_record(f"{values}", record_type=record_type, details=details).get_absolute_url())
        return answer.context["record"].open_questions, text(answer)

    tuning = "Chơi thế nào, lên dây ra sao?"
    instrument, page = page_of("product", kind="instrument")
    craft, _page = page_of("product", kind="craft")
    assert tuning in instrument and tuning not in craft
    assert f'<a href="/gop-loi/">{tuning}</a>' in page
    of_village, _page = page_of("festival", **FESTIVAL)
    of_the_state, _page = page_of("festival", **FESTIVAL, scale="national")
    assert set(of_village) - set(of_the_state) == {
        "Lễ thờ ai, cúng ai?",
        "Phần lễ làm những gì, theo thứ tự nào?",
        "Phải kiêng điều gì?",
    }


def test_that_nobody_knows_is_a_question_and_no_fact(client: Client):
    unknown = FESTIVAL | {"attendance": {"rule": "unknown"}}
    answer = client.get(make_record(record_type="festival", details=[{"type": "festival", "value": unknown}]).get_absolute_url())
    assert "chưa rõ" not in text(answer)
    assert "Ai được dự, khách xa có được vào không?" in answer.context["record"].open_questions


def test_no_number_of_a_host_and_no_code_of_a_statement_stands_for_a_name(client: Client):
    record = make_record()
    Source.objects.update(urls=["http://203.162.251.46/vi/kenh-tin"])
    page = text(client.get(record.get_absolute_url()))
    assert "203.162.251.46</span>" not in page and 'href="http://203.162.251.46/vi/kenh-tin"' in page
    assert "(CNE)" not in page


def test_a_kind_of_record_has_one_name_everywhere():
    links = {link.query.removeprefix("loai="): link.label for link in [*MENU, *FOOTER[1].links] if link.page == "records"}
    for language in ("vi", "en"):
        with override(language):
            assert {code: str(label).removesuffix("s") for code, label in links.items()} == {code: kind_label(code) for code in links}


def test_what_is_about_all_peoples_stands_on_no_portal(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(all_peoples, "PEOPLES", 2)
    mong, tay = make_group("08", "Mông"), make_group("02", "Tày")
    make_record("Ngày của mọi dân tộc", groups=[mong, tay])
    own = make_record("Gầu Tào", groups=[mong])
    answer = client.get("/dan-toc/nhom-08/")
    assert [line.identifier for _kind, lines in answer.context["sections"] for line in lines] == [own.identifier]
    assert [kind.count for kind, _lines in answer.context["sections"]] == [1]
    assert len(client.get("/tu-lieu/").context["lines"]) == 2


def test_a_portal_without_history_says_that_the_library_has_none(client: Client):
    make_group()
    assert "chưa đăng ghi chép nào về quá khứ" in text(client.get("/dan-toc/nhom-08/"))


def test_a_deprecated_name_is_never_displayed(client: Client):
    group = make_group()
    GroupName.objects.create(group=group, name="Tên cũ xấu", kind="deprecated", display=False)
    GroupName.objects.create(group=group, name="Mông Trắng", kind="subgroup")
    page = text(client.get("/dan-toc/nhom-08/"))
    assert "Mông Trắng" in page
    assert "Tên cũ xấu" not in page


def test_the_name_of_a_local_group_is_no_other_spelling_of_the_people(client: Client):
    group = make_group()
    for name, kind in (("Na Miẻo", "other"), ("Na Miẻo", "subgroup"), ("Hmông", "other")):
        GroupName.objects.create(group=group, name=name, kind=kind)
    page = client.get("/dan-toc/nhom-08/").context["group"]
    assert (page.other_names, [each.name for each in page.subgroups]) == (["Hmông"], ["Na Miẻo"])


@pytest.mark.parametrize(
    ("confidence", "shown", "badge"), [("high", True, False), ("medium", True, True), ("low", False, False), ("", False, False)]
)
def test_scripts_are_shown_only_where_they_are_known(client: Client, confidence: str, shown: bool, badge: bool):
    group = make_group()
    EthnicGroup.objects.filter(pk=group.pk).update(scripts_confidence=confidence)
    group.scripts.add(make_term("scripts", "Hmnp", "Chữ Nyiakeng"))
    answer = client.get("/dan-toc/nhom-08/")
    assert ("Chữ Nyiakeng" in text(answer)) is shown
    assert (answer.context["group"].scripts_unsure and shown) is badge


def test_missing_kinds_are_called_missing_data_never_absence(client: Client):
    make_group()
    page = text(client.get("/dan-toc/nhom-08/"))
    assert "Chưa có dữ liệu" in page


def test_the_map_draws_34_provinces_and_both_archipelagos_with_names_and_credit(client: Client):
    for outline in outlines().provinces:
        AdminUnit.objects.create(level="province", code=outline.code, label_vi=f"Tỉnh {outline.code}", slug=f"tinh-{outline.code}")
    page = text(client.get("/tinh/"))
    figure = page[page.index("<figure") : page.index("</figure>")]
    assert figure.count("<a href=") == 34
    assert "Hoàng Sa" in figure and "Trường Sa" in figure and figure.count('class="isl"') == 2
    assert "CC BY 4.0" in figure


def test_the_head_of_a_record_tells_machines_what_the_page_tells_people(client: Client, festival: Record):
    page = text(client.get(festival.get_absolute_url()))
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert (data["@type"], data["name"], data["identifier"]) == ("Festival", "Lễ hội Gầu Tào", festival.identifier)
    assert data["location"] == [{"@type": "Place", "name": "Lào Cai"}]


def test_no_text_can_end_the_block_that_machines_read(client: Client):
    sly = make_record("Tên </script><script>alert(1)</script>")
    page = text(client.get(sly.get_absolute_url()))
    assert "<script>alert" not in page and page.count("</script>") == page.count("<script ")


def test_the_feed_and_the_sitemap_name_what_everyone_may_see(client: Client, festival: Record):
    assert "Lễ hội Gầu Tào" in text(client.get("/moi-dang.atom"))
    sitemap = text(client.get("/sitemap-ban-ghi.xml"))
    assert f"/ban-ghi/{festival.identifier}/" in sitemap and f"/en/ban-ghi/{festival.identifier}/" in sitemap
    assert "/sitemap.xml" in text(client.get("/robots.txt"))


def test_a_content_warning_stands_before_the_pictures_and_they_open_only_by_choice(client: Client, festival: Record):
    make_picture(festival)
    assert 'class="warned"' not in text(client.get(festival.get_absolute_url()))
    festival.warnings = [make_term("content_warnings", "sacred", "Nội dung thiêng")]
    festival.save()
    page = text(client.get(festival.get_absolute_url()))
    assert page.index("Nội dung thiêng") < page.index('<details class="warned">') < page.index("<picture")
