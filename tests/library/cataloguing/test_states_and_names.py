"""Staff read five states, a mark of quality apart from them, and the names of reviews in their own language."""

import re

import pytest
from django.urls import reverse
from wagtail.models import Workflow
from wagtail.users.models import UserProfile

from library.records.models import Record
from library.records.models.choices import Confidence, ReviewState
from library.review.models import ReviewTask
from library.review.workflow import NAME, load_review_workflow
from tests.factories import make_office, make_record, make_user

pytestmark = pytest.mark.django_db
LIST = "wagtailsnippets_records_record:list"


@pytest.fixture
def reviewer():
    return make_user("reviewer", make_office())


@pytest.fixture
def english(reviewer):
    UserProfile.objects.create(user=reviewer, preferred_language="en")
    return reviewer


@pytest.fixture
def waiting(reviewer) -> Record:
    """A draft that waits for its review."""
    load_review_workflow()
    draft = make_record("Hội chờ duyệt", published=False)
    draft.save_revision(user=reviewer)
    draft.get_default_workflow().start(draft, reviewer)
    return draft


def text_of(client, address: str) -> str:
    return re.sub(r"\s+", " ", client.get(address).content.decode())


def test_needs_checking_is_a_mark_beside_the_state(client, reviewer):
    make_record("Hội cần xem lại", confidence=Confidence.MEDIUM)
    make_record("Hội chắc chắn")
    client.force_login(reviewer)
    page = text_of(client, reverse(LIST))
    assert re.search(r'<td> Đã đăng <span class="w-status mark">Cần kiểm tra</span> </td>', page)
    assert re.search(r"<td> Đã đăng </td>", page)
    assert 'value="needs_checking"' not in page


def test_the_mark_has_a_filter_and_the_state_counts_both(client, reviewer):
    make_record("Hội cần xem lại", confidence=Confidence.MEDIUM)
    make_record("Hội chắc chắn")
    client.force_login(reviewer)
    both, marked, unmarked = (
        text_of(client, f"{reverse(LIST)}?{query}") for query in ("review_state=published", "needs_checking=true", "needs_checking=false")
    )
    assert "Hội cần xem lại" in both and "Hội chắc chắn" in both
    assert "Hội cần xem lại" in marked and "Hội chắc chắn" not in marked
    assert "Hội cần xem lại" not in unmarked and "Hội chắc chắn" in unmarked


def test_the_first_page_counts_the_mark_apart_and_opens_its_list(client, reviewer):
    make_record("Hội cần xem lại", confidence=Confidence.MEDIUM)
    client.force_login(reviewer)
    page = text_of(client, "/admin/")
    address = re.search(r'<dt>Tư liệu đã đăng</dt> <dd> <a href="([^"]+)">Cần kiểm tra: 1</a>', page)[1]
    assert "Hội cần xem lại" in text_of(client, address)


def test_there_are_five_states():
    assert [str(state.label) for state in ReviewState.steps()] == ["Bản nháp", "Chờ duyệt", "Trả lại", "Đã đăng", "Đã gỡ"]


@pytest.mark.parametrize("address", ["/admin/reports/workflow/", "/admin/reports/workflow_tasks/", "history", "edit"])
def test_reviews_are_named_in_the_readers_language(client, english, waiting, address):
    client.force_login(english)
    if not address.startswith("/"):
        address = reverse(f"wagtailsnippets_records_record:{address}", args=[waiting.pk])
    page = text_of(client, address)
    assert "Review of records" in page
    assert NAME not in page


def test_the_history_names_a_review_in_the_language_of_its_reader(client, english, waiting):
    """The line was written in Vietnamese here; one that was written in English is read in Vietnamese."""
    address = "/admin/reports/site-history/"
    client.force_login(english)
    assert "Review of records" in text_of(client, address) and NAME not in text_of(client, address)
    waiting.current_workflow_task_state.approve(user=english)
    UserProfile.objects.update(preferred_language="vi")
    client.force_login(make_user("reviewer", make_office()))
    assert "Review of records" not in text_of(client, address)


def test_the_translated_name_is_never_stored(english, waiting):
    from django.utils.translation import override

    with override("en"):
        workflow, task = Workflow.objects.get(name=NAME), ReviewTask.objects.get(name=NAME)
        assert (workflow.name, str(task)) == ("Review of records", "Review of records")
        workflow.save()
        task.save()
        assert Workflow._meta.get_field("name").value_from_object(workflow) == NAME
    assert Workflow.objects.filter(name=NAME).exists() and ReviewTask.objects.filter(name=NAME).exists()
    load_review_workflow()
    assert Workflow.objects.filter(name=NAME).count() == 1


def test_the_menu_takes_a_record_back_from_review_in_our_words(client, reviewer, waiting):
    client.force_login(reviewer)
    page = text_of(client, reverse("wagtailsnippets_records_record:edit", args=[waiting.pk]))
    assert "Rút khỏi duyệt" in page and "Hủy vòng duyệt" not in page


def test_the_help_menu_leads_to_no_other_host(client, reviewer):
    client.force_login(reviewer)
    page = client.get("/admin/").content.decode()
    assert not re.findall(r'https?://(?!testserver)[^"\s&]*wagtail[^"\s&]*', page)


def test_opening_a_withdrawn_record_says_why_and_what_can_be_done(client, reviewer):
    record = make_record("Hội bị gỡ")
    administrator = make_user("administrator", make_office())
    address = reverse("wagtailsnippets_records_record:edit", args=[record.pk])
    client.force_login(reviewer)
    client.post(reverse("withdraw_record", args=[record.pk]), {"reason": "sai cộng đồng"})
    client.get("/admin/")
    page = client.get(address, follow=True).content.decode()
    assert "“Hội bị gỡ” đã gỡ xuống ngày" in page and "nhờ quản trị" in page and "sai cộng đồng" not in page
    client.force_login(administrator)
    page = client.get(address).content.decode()
    assert "sai cộng đồng" in page and reverse("restore_record", args=[record.pk]) in page
    client.force_login(make_user("reviewer", make_office("tinh-25")))
    assert "Hội bị gỡ" not in client.get(address, follow=True).content.decode()
