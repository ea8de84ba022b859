"""Who opens a record that was sent back reads on top of the form who sent it back, and why."""

import pytest
from django.urls import reverse

from library.review.workflow import load_review_workflow
from tests.factories import make_office, make_record, make_user

pytestmark = pytest.mark.django_db


def test_the_reason_stands_on_top_of_the_authors_form_until_it_is_sent_again(client):
    load_review_workflow()
    author, reviewer = make_user("cataloguer", make_office()), make_user("reviewer", make_office(), first_name="Lý", last_name="Mẩy")
    record = make_record("Gầu Tào", published=False, created_by=author)
    record.save_revision(user=author)
    record.get_workflow().start(record, author)
    state = record.current_workflow_state.current_task_state
    address = reverse("wagtailsnippets_records_record:edit", args=[record.pk])
    client.force_login(author)
    assert "đã trả lại tư liệu này" not in client.get(address).content.decode()
    state.task.specific.on_action(state, reviewer, "reject", comment="Nơi mở hội ghi tên <b>cũ</b>.")
    page = client.get(address).content.decode()
    assert f"{reviewer.get_full_name()} đã trả lại tư liệu này ngày" in page
    assert "Lý do: “Nơi mở hội ghi tên &lt;b&gt;cũ&lt;/b&gt;”." in page
    record.refresh_from_db()
    record.current_workflow_state.resume(author)
    assert "đã trả lại tư liệu này" not in client.get(address).content.decode()
