"""The first page as staff compose it, and the texts of portals: what stands there, from when to when, and for whom."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from library.curation.load import load_pages
from library.curation.models import FrontPage, PortalIndex, PortalText, SiteRoot, StoryPage
from library.records.actions.schedule import carry_out_schedule
from library.records.models.choices import AccessLevel
from library.vocabularies.models import AdminUnit
from tests.factories import make_group, make_office, make_record, make_user
from tests.library.curation.examples import make_story

pytestmark = pytest.mark.django_db
OWN_FIRST_SECTION = 'id="sap-toi"'


def compose(*blocks: tuple[str, Any], live: bool = True, **fields: Any) -> FrontPage:
    """A first page of these blocks."""
    load_pages()
    body = [{"type": name, "value": value} for name, value in blocks]
    return SiteRoot.objects.get().add_child(
        instance=FrontPage(title="Trang đầu tháng này", slug="trang-dau", body=body, live=live, **fields)
    )


def home(client: Client, language: str = "") -> str:
    return client.get(f"{language}/").content.decode()


def write_portal(live: bool = True, **portal: Any) -> PortalText:
    load_pages()
    words = {"heading_vi": "Đôi lời", "text_vi": "<p>Lời của ban biên tập.</p>", "text_en": "<p>Words of the editors.</p>"}
    text = PortalText(title="Lời", slug="loi", body=[{"type": "text", "value": words}], live=live, **portal)
    return PortalIndex.objects.get().add_child(instance=text)


def test_what_was_chosen_stands_above_the_librarys_own_sections_in_the_editors_order(client: Client):
    story = make_story(("text", {"text_vi": "<p>Lời.</p>"}), title="Chuyện được chọn")
    people, record = make_group("08"), make_record("Hội được chọn")
    compose(
        ("people", {"people": people.slug}), ("record", {"record": record.pk, "note_vi": "Vì sao chọn"}), ("story", {"story": story.pk})
    )
    page = home(client)
    main = page[page.index("<main") :]
    places = [main.index(words) for words in (f'/dan-toc/{people.slug}/"', "Hội được chọn", "Chuyện được chọn", OWN_FIRST_SECTION)]
    assert places == sorted(places)
    assert "Vì sao chọn" in page


def test_a_composed_page_that_names_sections_has_only_these(client: Client):
    compose(("section", "fresh"), ("text", {"heading_vi": "Lời giữa"}), ("section", "coming"))
    page = home(client)
    assert page.index('id="moi"') < page.index("Lời giữa") < page.index(OWN_FIRST_SECTION)
    assert 'id="tinh"' not in page


def test_a_chosen_thing_is_shown_from_its_time_to_its_time(client: Client):
    now, hour = timezone.now(), timedelta(hours=1)
    compose(
        ("text", {"heading_vi": "Đang hiện", "shown_from": now - hour, "shown_until": now + hour}),
        ("text", {"heading_vi": "Chưa tới", "shown_from": now + hour}),
        ("text", {"heading_vi": "Đã qua", "shown_until": now - hour}),
    )
    page = home(client)
    assert "Đang hiện" in page and "Chưa tới" not in page and "Đã qua" not in page


def test_a_composed_page_goes_live_and_ends_by_itself_and_then_the_librarys_own_stands_there(client: Client):
    page = compose(("text", {"heading_vi": "Tuần lễ Katê"}), ("section", "fresh"), live=False)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    assert "Tuần lễ Katê" not in home(client) and OWN_FIRST_SECTION in home(client)
    revision = page.scheduled_revision
    past = timezone.now() - timedelta(minutes=1)
    revision.approved_go_live_at, revision.content["go_live_at"] = past, past.isoformat()
    revision.save()
    assert carry_out_schedule()
    assert "Tuần lễ Katê" in home(client) and OWN_FIRST_SECTION not in home(client)
    FrontPage.objects.update(expire_at=timezone.now() - timedelta(minutes=1))
    assert carry_out_schedule()
    assert "Tuần lễ Katê" not in home(client) and OWN_FIRST_SECTION in home(client)


def test_the_first_page_shows_no_closed_record_and_no_story_that_is_not_published(client: Client):
    record = make_record("Tên kín", own_access=AccessLevel.STAFF, office=make_office("bo"))
    story = make_story(("text", {"text_vi": "<p>Lời.</p>"}), title="Chuyện nháp", live=False)
    page = compose(("record", {"record": record.pk, "note_vi": "Lời về tư liệu kín"}), ("story", {"story": story.pk}))
    for words in ("Tên kín", "Chuyện nháp", "Lời về tư liệu kín"):
        assert words not in home(client)
    client.force_login(make_user("administrator", make_office("bo")))
    assert "Tên kín" in home(client)
    preview = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).content.decode()
    assert "Xem trước như người đọc" in preview and "Tên kín" not in preview


def test_the_text_of_a_people_stands_on_its_portal_and_nothing_stands_where_there_is_none(client: Client):
    mong, tay = make_group("08"), make_group("02", "Tày", "Tay")
    text = write_portal(group=mong)
    assert "<p>Lời của ban biên tập.</p>" in client.get(f"/dan-toc/{mong.slug}/").content.decode()
    assert "<p>Words of the editors.</p>" in client.get(f"/en/dan-toc/{mong.slug}/").content.decode()
    assert "story--portal" not in client.get(f"/dan-toc/{tay.slug}/").content.decode()
    assert client.get(text.get_url()).headers["Location"] == f"/dan-toc/{mong.slug}/"
    text.unpublish()
    assert "story--portal" not in client.get(f"/dan-toc/{mong.slug}/").content.decode()


def test_the_text_of_a_province_is_previewed_on_its_page_before_it_is_published(client: Client):
    province = AdminUnit.objects.create(level="province", code="15", label_vi="Lào Cai", slug="lao-cai")
    text = write_portal(live=False, province=province)
    assert "Lời của ban biên tập" not in client.get("/tinh/lao-cai/").content.decode()
    client.force_login(make_user("administrator", make_office("bo")))
    preview = client.get(reverse("wagtailadmin_pages:view_draft", args=[text.pk])).content.decode()
    assert "<h1>Lào Cai</h1>" in preview and "Lời của ban biên tập" in preview and "Trang chưa đăng" in preview


def test_the_librarys_own_first_page_shows_the_three_newest_public_stories(client: Client, django_assert_max_num_queries):
    for number in range(5):
        make_story(slug=f"chuyen-{number}", title=f"Chuyện thứ {number}", title_en=f"Story {number}", lede_vi="Một dòng.", live=number < 4)
    StoryPage.objects.update(first_published_at=timezone.now())
    home(client)
    with django_assert_max_num_queries(20):
        page = home(client)
    shown = page[page.index('id="chuyen"') : page.index('id="loai"')]
    assert re.findall(r"Chuyện thứ \d", shown) == ["Chuyện thứ 3", "Chuyện thứ 2", "Chuyện thứ 1"]
    assert shown.count("<svg") == 3 and "Một dòng." in shown and 'href="/chuyen/chuyen-3/"' in shown
    assert "Story 3" in home(client, "/en")
    PageViewRestriction.objects.create(page=StoryPage.objects.get(slug="chuyen-3"), restriction_type="login")
    assert "Chuyện thứ 3" not in home(client) and "Chuyện thứ 0" in home(client)


def test_a_restriction_of_the_list_of_stories_holds_for_the_stories_below(client: Client):
    story = make_story(title="Chuyện thử")
    assert 'id="chuyen"' in home(client)
    PageViewRestriction.objects.create(page=story.get_parent(), restriction_type="login")
    assert 'id="chuyen"' not in home(client)
