"""The public pages: shown in both languages, refused as if they were not there, never a title to those who may not see it."""

import json
import re

import pytest
from django.db import connection
from django.template.backends.django import Template
from django.template.loader import render_to_string
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone
from django.utils.translation import override

from library.accounts.models import User
from library.curation.load import load_pages
from library.drawing.province_map import outlines
from library.records import urls
from library.records.models import Record, RecordMedia, RecordRelation
from library.records.models.choices import AccessLevel, Confidence
from library.records.withdraw import withdraw
from library.vocabularies.models import AdminUnit, EthnicGroup, GroupName
from media_pipeline.models import Asset, Blob
from tests.factories import make_community, make_group, make_office, make_record, make_term, make_user

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("prefix", ["", "/en"])
FESTIVAL = {
    "calendar": "vn-lunar",
    "date_rule": {"calendar": "vn-lunar", "start_month": 1, "start_day": 8, "around": False},
    "rule_text": {"text": "mùng 8 tháng Giêng", "lang": "vi"},
    "cycle": "yearly",
    "attendance": {"rule": "everyone"},
}


@pytest.fixture
def province() -> AdminUnit:
    return AdminUnit.objects.create(level="province", code="15", label_vi="Lào Cai", label_en="Lao Cai", slug="lao-cai")


@pytest.fixture
def festival(province: AdminUnit) -> Record:
    return make_record("Lễ hội Gầu Tào", record_type="festival", details=[{"type": "festival", "value": FESTIVAL}], places=[province])


def text(answer) -> str:
    return answer.content.decode()


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


def test_the_language_switch_keeps_the_place(client: Client, festival: Record):
    here = f"/ban-ghi/{festival.identifier}/"
    assert f'href="/en{here}" hreflang="en"' in text(client.get(here))
    assert f'href="{here}" hreflang="vi"' in text(client.get(f"/en{here}"))


def test_a_vietnamese_title_on_an_english_page_carries_its_language(client: Client, festival: Record):
    assert '<span lang="vi">Lễ hội Gầu Tào</span>' in text(client.get(f"/en/ban-ghi/{festival.identifier}/"))


@BOTH
@pytest.mark.parametrize(
    "address",
    [
        "/khong-co-trang-nay/",
        "/ban-ghi/v100000000/",
        "/ban-ghi/khong-phai-ma/",
        "/dan-toc/khong-co/",
        "/tinh/khong-co/",
        "/tu-lieu/?trang=9",
        "/tu-lieu/?trang=x",
        "/tu-lieu/?loai=khong-co",
        "/tu-lieu/?dan-toc=khong-co",
        "/tu-lieu/?tinh=khong-co",
        "/tu-lieu/?xep=khong-co",
        "/lich-le-hoi/?thang=2027-13",
        "/lich-le-hoi/?thang=0000-01",
        "/lich-le-hoi/?thang=9999-12",
        "/lich-le-hoi/?thang=x",
    ],
)
def test_what_is_not_there_is_answered_with_404_in_the_readers_language(client: Client, prefix: str, address: str):
    answer = client.get(prefix + address)
    assert answer.status_code == 404
    assert f'<html lang="{"en" if prefix else "vi"}">' in text(answer)


@pytest.mark.parametrize("leaf", ["0", "2", "x", "-1", "99999999999999", "²"])
def test_a_page_that_a_document_does_not_have_is_404(client: Client, festival: Record, leaf: str):
    assert client.get(f"/ban-ghi/{festival.identifier}/", {"trang": leaf}).status_code == 404


@pytest.mark.parametrize("level", [AccessLevel.SIGNED_IN, AccessLevel.COMMUNITY, AccessLevel.STAFF])
def test_a_restricted_record_does_not_exist_for_others(client: Client, level: str):
    hidden = make_record("Lời cúng kín", own_access=level, communities=[make_community()])
    answer = client.get(hidden.get_absolute_url())
    assert answer.status_code == 404
    assert "Lời cúng kín" not in text(answer)
    for address in ("/", "/tu-lieu/", "/dan-toc/nhom-08/", "/lich-le-hoi/", "/moi-dang.atom", "/sitemap-ban-ghi.xml"):
        assert "Lời cúng kín" not in text(client.get(address)), address
        assert hidden.identifier not in text(client.get(address)), address


def test_a_draft_does_not_exist_for_readers(client: Client):
    draft = make_record("Bản nháp", published=False)
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_a_member_of_the_community_sees_what_is_the_communitys(client: Client):
    community = make_community()
    hidden = make_record("Lời cúng kín", own_access=AccessLevel.COMMUNITY, communities=[community])
    client.force_login(make_user(communities=(community,)))
    assert "Lời cúng kín" in text(client.get(hidden.get_absolute_url()))
    assert "Lời cúng kín" in text(client.get("/tu-lieu/"))


@BOTH
def test_a_withdrawn_record_leaves_a_tombstone_without_its_title(client: Client, festival: Record, prefix: str):
    withdraw(festival, user=make_admin(), reason="Cộng đồng xin gỡ")
    answer = client.get(f"{prefix}/ban-ghi/{festival.identifier}/")
    assert answer.status_code == 410
    assert festival.identifier in text(answer)
    assert "Gầu Tào" not in text(answer)
    assert "Cộng đồng xin gỡ" not in text(answer)


def test_counts_know_only_what_the_reader_may_see(client: Client, province: AdminUnit):
    make_record("Một", places=[province])
    make_record("Hai", places=[province], own_access=AccessLevel.STAFF)
    for address in ("/", "/tinh/", "/tu-lieu/", "/tinh/lao-cai/", "/dan-toc/nhom-08/"):
        answer = client.get(address)
        found = [value for value in counted(answer.context) if value]
        assert found and set(found) == {1}, address


def counted(context) -> list[int]:
    """Every number of records that a page was given."""
    numbers = [kind.count for kind in context.get("kinds") or []] + [region.count for region in context.get("regions") or []]
    numbers += [kind.count for kind, _lines in context.get("sections") or []]
    numbers += [count for each in context.get("filters") or [] for _value, _words, count in each.options]
    return [*numbers, context["page"].paginator.count] if "filters" in context else numbers


def test_a_related_record_that_the_reader_may_not_see_is_not_named(client: Client):
    hidden = make_record("Lời cúng kín", own_access=AccessLevel.STAFF)
    open_record = make_record("Lễ cúng rừng")
    RecordRelation.objects.create(record=open_record, kind="part_of", target=hidden)
    RecordRelation.objects.create(record=hidden, kind="describes", target=open_record)
    assert "Lời cúng kín" not in text(client.get(open_record.get_absolute_url()))


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


def test_a_festival_shows_its_rule_and_its_next_three_days(client: Client, festival: Record):
    answer = client.get(festival.get_absolute_url())
    assert "mùng 8 tháng Giêng" in text(answer)
    assert len(answer.context["record"].days.leaves) == 3


def test_the_day_of_a_festival_that_does_not_come_every_year_is_not_guessed(client: Client):
    rare = make_record("Lễ bỏ mả", record_type="festival", details=[{"type": "festival", "value": FESTIVAL | {"cycle": "some_years"}}])
    assert client.get(rare.get_absolute_url()).context["record"].days.leaves == []
    assert client.get("/").context["coming"] == []


def test_the_calendar_puts_a_festival_on_its_day_of_both_calendars(client: Client, festival: Record):
    answer = client.get("/lich-le-hoi/", {"thang": "2027-02"})
    marked = [day for week in answer.context["month"].weeks for day in week if day and day.festivals]
    assert [(day.date.day, day.lunar) for day in marked] == [(13, "8")]


def test_the_word_of_the_day_carries_its_language_and_its_meaning(client: Client):
    details = {
        "headword": {"text": "klaŋ¹", "lang": "mtq-fonipa"},
        "senses": [{"type": "item", "value": {"vi": "mặt trăng", "en": "moon"}}],
    }
    variety = {"orthography": {"name": "IPA"}, "variety": {"name": "Mương"}}
    make_record("klaŋ¹ – mặt trăng", record_type="lexeme", details=[{"type": "lexeme", "value": details | variety}])
    assert '<span lang="mtq-fonipa">klaŋ¹</span>' in text(client.get("/"))
    assert client.get("/").context["word"].meaning == "mặt trăng"
    assert client.get("/en/").context["word"].meaning == "moon"


def test_empty_fields_become_questions_and_filled_ones_do_not(client: Client, festival: Record):
    asked = client.get(festival.get_absolute_url()).context["record"].unanswered
    assert "Phần lễ làm những gì, theo thứ tự nào?" in asked
    assert "Ai được dự, khách xa có được vào không?" not in asked


def test_a_deprecated_name_is_never_displayed(client: Client):
    group = make_group()
    GroupName.objects.create(group=group, name="Tên cũ xấu", kind="deprecated", display=False)
    GroupName.objects.create(group=group, name="Mông Trắng", kind="subgroup")
    page = text(client.get("/dan-toc/nhom-08/"))
    assert "Mông Trắng" in page
    assert "Tên cũ xấu" not in page


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


def test_no_page_has_inline_style_or_inline_script(client: Client, festival: Record):
    for address in ("/", "/dan-toc/", "/tinh/", "/tu-lieu/", "/lich-le-hoi/", festival.get_absolute_url(), "/khong-co/"):
        page = text(client.get(address))
        assert " style=" not in page and "<style" not in page, address
        assert "<script>" not in page and " onclick=" not in page, address


def test_pages_send_a_policy_without_unsafe_inline(client: Client):
    policy = client.get("/")["Content-Security-Policy"]
    assert "unsafe-inline" not in policy and "default-src 'none'" in policy


def test_a_page_says_what_it_weighs_packed_or_not(client: Client):
    plain, packed = client.get("/"), client.get("/", headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 2
    assert "Trang này nặng" in text(plain)


def test_reading_takes_no_write_lock():
    served = get_resolver().resolve("/gioi-thieu/")
    assert served.url_name == "wagtail_serve" and "default" in served.func._non_atomic_requests
    with override("vi"):
        names = [pattern.name for pattern in urls.urlpatterns]
    for name in names:
        arguments = {"record": ["v1"], "group": ["x"], "province": ["x"], "sitemap-section": ["x"]}.get(name, [])
        view = get_resolver().resolve(reverse(name, args=arguments)).func
        assert "default" in getattr(view, "_non_atomic_requests", set()), name


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_only_read(client: Client, method: str):
    assert getattr(client, method)("/tu-lieu/").status_code == 405


def test_the_head_of_a_record_tells_machines_what_the_page_tells_people(client: Client, festival: Record):
    page = text(client.get(festival.get_absolute_url()))
    told = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert (told["@type"], told["name"], told["identifier"]) == ("Festival", "Lễ hội Gầu Tào", festival.identifier)
    assert told["location"] == [{"@type": "Place", "name": "Lào Cai"}]


def test_no_text_can_end_the_block_that_machines_read(client: Client):
    sly = make_record("Tên </script><script>alert(1)</script>")
    page = text(client.get(sly.get_absolute_url()))
    assert "<script>alert" not in page and page.count("</script>") == page.count("<script ")


def test_the_feed_and_the_sitemap_name_what_everyone_may_see(client: Client, festival: Record):
    assert "Lễ hội Gầu Tào" in text(client.get("/moi-dang.atom"))
    sitemap = text(client.get("/sitemap-ban-ghi.xml"))
    assert f"/ban-ghi/{festival.identifier}/" in sitemap and f"/en/ban-ghi/{festival.identifier}/" in sitemap
    assert "/sitemap.xml" in text(client.get("/robots.txt"))


QUERIES = {"/": 21, "/tu-lieu/": 16, "/dan-toc/nhom-08/": 18, "/lich-le-hoi/": 14, "/tinh/lao-cai/": 20, "/dan-toc/": 2, "/tinh/": 4}


@pytest.mark.parametrize(("address", "most"), QUERIES.items())
def test_the_number_of_queries_does_not_grow_with_the_number_of_records(
    client: Client, django_assert_max_num_queries, province: AdminUnit, address: str, most: int
):
    load_pages()
    for number in range(6):
        make_record(f"Lễ hội {number}", record_type="festival", details=[{"type": "festival", "value": FESTIVAL}], places=[province])
    client.get(address)
    with django_assert_max_num_queries(most):
        assert client.get(address).status_code == 200


def test_a_record_page_asks_a_fixed_number_of_queries(client: Client, django_assert_max_num_queries, festival: Record):
    for number in range(5):
        RecordRelation.objects.create(record=festival, kind="describes", target=make_record(f"Liên quan {number}"))
    client.get(festival.get_absolute_url())
    with django_assert_max_num_queries(40):
        client.get(festival.get_absolute_url())


def test_a_content_warning_stands_before_the_pictures_and_they_open_only_by_choice(client: Client, festival: Record):
    make_picture(festival)
    assert 'class="warned"' not in text(client.get(festival.get_absolute_url()))
    festival.warnings = [make_term("content_warnings", "sacred", "Nội dung thiêng")]
    festival.save()
    page = text(client.get(festival.get_absolute_url()))
    assert page.index("Nội dung thiêng") < page.index('<details class="warned">') < page.index("<picture")


def test_a_file_for_the_office_alone_is_not_on_the_readers_page(client: Client, festival: Record):
    make_picture(festival, own_access=AccessLevel.STAFF)
    assert "Tệp thử" not in text(client.get(festival.get_absolute_url()))
    client.force_login(make_user("reviewer", make_office("bo")))
    assert "Tệp thử" in text(client.get(festival.get_absolute_url()))


@pytest.mark.parametrize("template", ["403.html", "404.html", "500.html"])
def test_pages_for_errors_need_no_context(template: str):
    assert 'id="noi-dung"' in render_to_string(template)


def make_picture(record: Record, **fields: str) -> None:
    """A picture on a record: rows only."""
    blob = Blob.objects.create(area="original", sha256="0" * 64, size=1, key="o/1", mime="image/jpeg")
    copy = Blob.objects.create(area="derivative", sha256="1" * 64, size=30_000, key="d/1", mime="image/jpeg")
    asset = Asset.objects.create(kind="image", original=blob, name_as_given="1.jpg", format="jpeg", state="ready")
    facts = {"role": "picture", "mime": "image/jpeg", "width": 400, "height": 300, "size_bytes": 30_000, "verified_at": timezone.now()}
    asset.derivatives.create(name="img-400-jpg", recipe="image", recipe_hash="1", blob=copy, **facts)
    RecordMedia.objects.create(record=record, asset=asset, alt_vi="Tệp thử", **fields)


@pytest.fixture
def no_query_in_templates(monkeypatch: pytest.MonkeyPatch):
    """Any query that starts while a template is being rendered is an error."""
    render = Template.render

    def refuse(execute, sql, params, many, context):
        raise AssertionError(f"a template asked the database: {sql}")

    def guarded(self, context=None, request=None):
        with connection.execute_wrapper(refuse):
            return render(self, context, request)

    return lambda: monkeypatch.setattr(Template, "render", guarded)


@pytest.mark.parametrize("address", [*QUERIES, "record"])
def test_no_query_starts_in_a_template(client: Client, no_query_in_templates, festival: Record, address: str):
    load_pages()
    address = festival.get_absolute_url() if address == "record" else address
    client.get(address)  # the menu of editorial pages is kept from here on
    no_query_in_templates()
    assert client.get(address).status_code == 200


def make_admin() -> User:
    return make_user("administrator", make_office("bo"))
