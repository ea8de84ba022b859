"""What officers meet on their way: the search field, the menu of a record, the state of a review, the way out of the public."""

import re
from typing import Any

import pytest
from django.test import RequestFactory
from django.urls import reverse
from wagtail.admin.search import admin_search_areas
from wagtail.models import Page
from wagtail.users.models import UserProfile

from library.curation.load import load_pages
from library.records.models import Record
from library.records.models.choices import ReviewState
from library.review.workflow import load_review_workflow
from tests.factories import make_office, make_record, make_term, make_user

from .form.test_form import _form

pytestmark = pytest.mark.django_db
LIST = "wagtailsnippets_records_record"
TABLE = re.compile(r'<div class="scrolling-table" role="region" tabindex="0"[^>]*>\s*<table')
SUMMARY_TICK = re.compile(r'<input[^>]*name="summary_reviewed"[^>]*>')


@pytest.fixture
def office():
    make_term("vn_ich_categories", "le-hoi", "Lễ hội truyền thống")
    make_term("rights_statements", "CNE")
    load_review_workflow()
    return make_office()


def _page(client: Any, name: str, *args: Any) -> str:
    text: str = client.get(reverse(name, args=args), follow=True).content.decode()
    return text


def _edit(record: Record) -> str:
    return reverse(f"{LIST}:edit", args=[record.pk])


@pytest.mark.parametrize("role", ["contributor", "cataloguer", "reviewer"])
def test_the_search_field_of_the_first_page_searches_records(client, office, role):
    user = make_user(role, office)
    make_record("Lễ hội Gầu Tào", office=office, created_by=user, published=False)
    client.force_login(user)
    form = re.search(r'<form class="home-search" action="([^"]+)"', _page(client, "wagtailadmin_home"))
    assert form is not None
    answer = client.get(form[1], {"q": "Gầu"})
    assert answer.status_code == 200
    assert "Lễ hội Gầu Tào" in answer.content.decode()


def test_the_search_field_of_the_side_bar_searches_records(office):
    request = RequestFactory().get("/admin/")
    request.user = make_user("reviewer", office)
    assert str(admin_search_areas.search_items_for_request(request)[0].url) == reverse(f"{LIST}:list")


def test_no_staff_screen_calls_the_tree_of_pages_root(client, office):
    load_pages()
    client.force_login(make_user("reviewer", office))
    assert Page.objects.get(depth=1).title != "Root"
    assert "Root" not in _page(client, "wagtailadmin_explore_root")


def test_a_published_record_has_one_way_out_of_the_public_and_it_asks_for_a_reason(client, office):
    record = make_record(office=office)
    client.force_login(make_user("reviewer", office))
    unpublish, withdraw = reverse(f"{LIST}:unpublish", args=[record.pk]), reverse("withdraw_record", args=[record.pk])
    page = client.get(_edit(record)).content.decode()
    assert withdraw in page and unpublish not in page
    for answer in (client.get(unpublish), client.post(unpublish)):
        assert (answer.status_code, answer.url) == (302, withdraw)
    assert Record.objects.get().live


def test_a_draft_that_was_never_public_cannot_be_withdrawn(client, office):
    record = make_record(office=office, published=False)
    client.force_login(make_user("reviewer", office))
    withdraw = reverse("withdraw_record", args=[record.pk])
    assert withdraw not in client.get(_edit(record)).content.decode()
    assert "chưa đăng nên không cần gỡ xuống" in client.post(withdraw, {"reason": "x"}, follow=True).content.decode()
    assert Record.objects.get().withdrawn_at is None


@pytest.mark.parametrize(("role", "told"), [("reviewer", True), ("administrator", False)])
def test_who_cannot_open_a_record_after_withdrawing_it_is_told_so(client, office, role, told):
    record = make_record(office=office)
    client.force_login(make_user(role, office))
    page = client.post(reverse("withdraw_record", args=[record.pk]), {"reason": "x"}, follow=True).content.decode()
    assert ("Từ nay chỉ quản trị mở được tư liệu này" in page) is told


def test_a_submitted_draft_waits_for_review_until_it_is_sent_back_or_taken_back(office):
    author, reviewer = make_user("cataloguer", office), make_user("reviewer", office)
    record = make_record(office=office, published=False)
    record.save_revision(user=author)

    def state() -> str:
        return Record.objects.get().review_state

    flow = record.get_workflow().start(record, author)
    assert state() == ReviewState.IN_REVIEW
    flow.current_task_state.task.on_action(flow.current_task_state, reviewer, "reject", comment="Thiếu nguồn.")
    assert state() == ReviewState.RETURNED
    flow.refresh_from_db()
    flow.resume(author)
    assert state() == ReviewState.IN_REVIEW
    flow.cancel(user=author)
    assert state() == ReviewState.DRAFT


def test_a_review_of_a_published_record_does_not_change_what_readers_see_of_its_state(office):
    record = make_record(office=office)
    record.save_revision()
    record.get_workflow().start(record, make_user("cataloguer", office))
    assert Record.objects.get().review_state == ReviewState.PUBLISHED


def test_publishing_says_so_and_links_the_public_page(client, office):
    record = make_record(office=office, published=False)
    client.force_login(make_user("reviewer", office))
    form = _form("Hội mới", group=record.groups.get(), source=record.sources.get().source) | {"action-publish": "1"}
    page = client.post(_edit(record), form, follow=True).content.decode()
    assert "“Hội mới” đã được đăng." in page
    assert f'href="{record.get_absolute_url()}"' in page


def test_the_summary_of_a_new_record_is_not_called_reviewed(client, office):
    client.force_login(make_user("cataloguer", office))
    page = client.get(reverse(f"{LIST}:add"), {"type": "heritage-element"}, follow=True).content.decode()
    tick = SUMMARY_TICK.search(page)
    assert tick is not None and "checked" not in tick[0]


@pytest.mark.parametrize(("language", "words"), [("vi", "Gửi duyệt"), ("en", "Send for review")])
def test_sending_for_review_has_words_in_both_languages(client, office, language, words):
    record = make_record(office=office, published=False)
    user = make_user("cataloguer", office)
    own = UserProfile.get_for_user(user)
    own.preferred_language = language
    own.save()
    client.force_login(user)
    page = client.get(_edit(record)).content.decode()
    assert re.search(rf'name="action-submit"[^>]*>(?:(?!</button>).)*{words}\s*</button>', page, re.DOTALL)
    assert "Submit to" not in page


def test_a_list_of_the_admin_scrolls_in_a_box_that_the_keyboard_reaches(client, office):
    make_record(office=office)
    client.force_login(make_user("administrator", office))
    for name in (f"{LIST}:list", "wagtailsnippets_vocabularies_term:list"):
        page = _page(client, name)
        assert len(re.findall(r'<table[^>]*class="listing', page)) == len(TABLE.findall(page)) == 1, name
