"""Reports, the first page of the admin and mails name no record of another office."""

import re
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now
from wagtail.models import ModelLogEntry, Workflow

from library.access import STAFF, WITHDRAWN, in_charge_of
from library.cataloguing.review import waiting
from library.records.models import Record
from library.review.actions.send_letters import send_letters
from library.review.workflow import load_review_workflow
from tests.factories import make_office, make_record, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    """A reviewer elsewhere, one in charge, a contributor elsewhere; a hidden record was edited, and a draft waits for review."""
    here, elsewhere = make_office("tinh-1"), make_office("tinh-15")
    people = {
        "in charge": make_user("reviewer", here, email="here@example.vn"),
        "elsewhere": make_user("reviewer", elsewhere, email="elsewhere@example.vn"),
        "contributor": make_user("contributor", elsewhere),
    }
    load_review_workflow()
    hidden = make_record("Lễ kín Zyx", office=here, own_access=STAFF)
    hidden.save_revision(user=people["in charge"], log_action=True)
    draft = make_record("Nháp Zyx", office=here, published=False)
    draft.save_revision()
    Workflow.objects.get().start(draft, make_user("contributor", here))
    return people


def test_the_first_page_counts_the_own_offices_work_and_opens_it(client, people):
    address = reverse("wagtailadmin_home")
    client.force_login(people["in charge"])
    page = client.get(address).content.decode()
    waiting = re.search(r'href="([^"]+review_state=in_review)">\s*Chờ duyệt: 1<', page)
    assert waiting is not None
    assert "Nháp Zyx" in client.get(waiting[1]).content.decode()
    client.force_login(people["elsewhere"])
    assert "review_state=" not in client.get(address).content.decode()


@pytest.mark.parametrize(
    "name",
    ["wagtailadmin_home", "wagtailadmin_reports:site_history", "wagtailadmin_reports:workflow", "wagtailadmin_reports:workflow_tasks"],
)
def test_a_page_names_the_own_offices_records_only(client, people, name):
    for who, user in people.items():
        client.force_login(user)
        page = client.get(reverse(name)).content.decode()
        assert ("Zyx" in page) is (who == "in charge"), who
        if name != "wagtailadmin_home":
            assert "Zyx" not in client.get(reverse(f"{name}_results")).content.decode() or who == "in charge"


def test_a_mail_goes_to_the_reviewers_in_charge(people):
    send_letters(quiet=timedelta(0))
    recipients = {address for message in mail.outbox for address in message.to if "Zyx" in message.subject + message.body}
    assert recipients == {"here@example.vn"}


def test_the_history_counts_no_further_than_its_pages_go(client, people, monkeypatch):
    monkeypatch.setattr("library.cataloguing.paging.DEEPEST", 60)
    record = make_record("Nhiều dòng", office=make_office("tinh-1"))
    ModelLogEntry.objects.bulk_create(
        ModelLogEntry(
            content_type=ContentType.objects.get_for_model(record),
            object_id=str(record.pk),
            label="x",
            action="wagtail.edit",
            timestamp=now(),
        )
        for _line in range(150)
    )
    client.force_login(people["in charge"])
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/admin/reports/site-history/").content.decode()
    assert "Hơn 60 mục" in page
    counting = [query["sql"] for query in queries if "COUNT(*)" in query["sql"] and "UNION ALL" in query["sql"]]
    assert len(counting) == 1 and re.search(r"LIMIT 61\) subquery$", counting[0])


@pytest.mark.parametrize("name", ["site_history", "workflow", "workflow_tasks"])
def test_the_table_of_a_report_scrolls_in_a_box_that_the_keyboard_reaches(client, people, name):
    client.force_login(people["in charge"])
    page = client.get(reverse(f"wagtailadmin_reports:{name}")).content.decode()
    assert re.search(r'class="scrolling-table"[^>]*tabindex="0"[^>]*>\s*<table', page)


def test_the_first_page_shows_the_oldest_reviews_and_the_way_to_all(client, people, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(waiting, "MOST_SHOWN", 1)
    client.force_login(people["in charge"])
    assert "Xem mọi bản đang chờ" not in client.get(reverse("wagtailadmin_home")).content.decode()
    later = make_record("Nháp sau", office=make_office("tinh-1"), published=False)
    later.save_revision()
    Workflow.objects.get().start(later, people["elsewhere"])
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Nháp Zyx" in page and "Nháp sau" not in page
    everything = re.search(r'href="([^"]+)">\s*Xem mọi bản đang chờ', page)
    assert everything is not None
    assert "Nháp sau" in client.get(everything[1].replace("&amp;", "&")).content.decode()


def test_lists_of_staff_hold_what_the_access_rule_lets_those_in_charge_see(people):
    withdrawn = make_record("Đã gỡ", office=make_office("tinh-1"))
    Record.objects.filter(pk=withdrawn.pk).update(access_level=WITHDRAWN, live=False)
    archivist = make_user("administrator", make_office("bo"))
    for user in (*people.values(), archivist):
        path = user.viewer.office_path
        if path is not None:
            visible = Record.objects.visible_to(user.viewer).filter(office__path__startswith=path)
            assert set(Record.objects.filter(in_charge_of(user.viewer))) == set(visible)
    assert withdrawn in Record.objects.filter(in_charge_of(archivist.viewer))
