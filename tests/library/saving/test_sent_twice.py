"""The same press sent twice, by a double click or a weak line, does its work once: create, send for review, publish."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry, WorkflowState

from library.records.models import Record
from library.review.workflow import load_review_workflow
from tests.factories import make_group, make_office, make_record, make_source, make_term, make_user
from tests.library.cataloguing.form.test_form import LIST, _form

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent_twice(client) -> Any:
    """sent_twice(action, role) → the draft whose form was sent twice with this button."""
    make_term("vn_ich_categories", "le-hoi", "Lễ hội truyền thống")
    load_review_workflow()

    def send(action: str, role: str) -> Record:
        user = make_user(role, make_office())
        client.force_login(user)
        record = make_record("Hội cũ", office=user.office, created_by=user, published=False)
        record.save_revision(user=user)
        form = _form("Hội mới", group=make_group(), source=make_source()) | {action: "1"}
        for _press in range(2):
            answer = client.post(reverse(f"{LIST}:edit", args=[record.pk]), form)
            assert answer.status_code in {302, 400}
        record.refresh_from_db()
        return record

    return send


def test_sending_for_review_twice_makes_one_review(sent_twice):
    record = sent_twice("action-submit", "cataloguer")
    assert WorkflowState.objects.for_instance(record).count() == 1
    assert record.workflow_in_progress


def test_publishing_twice_publishes_one_text_of_one_record(sent_twice):
    record = sent_twice("action-publish", "reviewer")
    assert (record.live, record.has_unpublished_changes, record.title_vi) == (True, False, "Hội mới")
    assert (Record.objects.count(), record.sources.count()) == (1, 1)
    assert ModelLogEntry.objects.for_instance(record).filter(action="wagtail.publish").count() == 1


def test_creating_and_sending_for_review_twice_makes_one_record_and_one_review(client):
    make_term("vn_ich_categories", "le-hoi", "Lễ hội truyền thống")
    make_term("rights_statements", "CNE")
    load_review_workflow()
    client.force_login(make_user("cataloguer", make_office()))
    address = client.get(reverse(f"{LIST}:add"), {"type": "heritage-element"}).url
    form = _form("Hội mới", group=make_group(), source=make_source()) | {"action-submit": "1"}
    first, again = (client.post(address, form).status_code for _press in range(2))
    assert (first, again != 500) == (302, True)
    assert WorkflowState.objects.for_instance(Record.objects.get()).count() == 1
