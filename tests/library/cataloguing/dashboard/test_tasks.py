"""Tasks of collecting: who gives them, who sees them, what becomes of them."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from library.cataloguing.tasks.actions import finish_task, give_task
from library.cataloguing.tasks.models import CollectingTask
from library.records.models import Record
from library.records.models.choices import NOT_EVALUATED
from tests.factories import make_office, make_term, make_user

pytestmark = pytest.mark.django_db


def test_a_gap_is_given_to_an_office_and_stands_in_the_work_of_its_people(client, provinces):
    client.force_login(provinces.reviewer)
    address = reverse("dashboard:fill", args=[provinces.dao.slug, "festival"])
    sent = {"office": provinces.here.pk, "assignee": provinces.cataloguer.pk, "due": "2026-12-24", "note": "Hỏi thầy cúng ở Tả Phìn."}
    assert client.post(address, sent).status_code == 302
    task = CollectingTask.objects.get()
    assert (task.group, task.record_type, task.due, task.created_by) == (provinces.dao, "festival", date(2026, 12, 24), provinces.reviewer)
    again = client.post(address, sent)
    assert again.status_code == 200 and "đã được giao việc ấy rồi" in again.content.decode()
    assert "Lễ hội · Dao" in client.get(reverse("dashboard:index")).content.decode()
    assert "Hỏi thầy cúng" not in client.get(reverse("my_work")).content.decode()
    client.force_login(provinces.cataloguer)
    page = client.get(reverse("my_work")).content.decode()
    assert "Lễ hội · Dao" in page and "Hỏi thầy cúng ở Tả Phìn." in page
    assert client.post(reverse("dashboard:finish", args=[task.pk])).status_code == 302
    assert "Lễ hội · Dao" not in client.get(reverse("my_work")).content.decode().split("messages")[-1].split("review-work", 1)[-1]
    assert CollectingTask.objects.get().done_at is not None


def test_a_task_of_the_office_is_everybodys_there(provinces):
    task = give_task(provinces.dao, "festival", provinces.here, user=provinces.reviewer)
    assert list(CollectingTask.objects.of(provinces.cataloguer)) == [task]
    assert list(CollectingTask.objects.of(make_user("cataloguer", provinces.elsewhere))) == []
    finish_task(task, provinces.cataloguer)
    assert not CollectingTask.objects.open().exists()
    give_task(provinces.dao, "festival", provinces.here, user=provinces.reviewer)


def test_nobody_gives_or_finishes_tasks_elsewhere(client, provinces):
    with pytest.raises(PermissionDenied):
        give_task(provinces.dao, "festival", provinces.elsewhere, user=provinces.reviewer)
    with pytest.raises(PermissionDenied):
        give_task(provinces.dao, "festival", provinces.here, user=provinces.cataloguer)
    with pytest.raises(ValidationError):
        stranger = make_user("cataloguer", provinces.elsewhere)
        give_task(provinces.dao, "festival", provinces.here, user=provinces.reviewer, assignee=stranger)
    task = give_task(provinces.dao, "festival", provinces.here, user=provinces.reviewer)
    client.force_login(make_user("reviewer", make_office("tinh-4")))
    assert client.post(reverse("dashboard:finish", args=[task.pk])).status_code in (302, 403)
    assert CollectingTask.objects.get().done_at is None
    page = client.get(reverse("dashboard:fill", args=[provinces.dao.slug, "festival"])).content.decode()
    assert str(provinces.here) not in page


def test_there_is_no_gap_of_an_unknown_people_or_type(client, provinces):
    client.force_login(provinces.reviewer)
    for slug, code in (("khong-co", "festival"), (provinces.dao.slug, "place"), (provinces.dao.slug, "x")):
        assert client.get(reverse("dashboard:fill", args=[slug, code])).status_code == 404


def test_the_first_record_of_a_gap_knows_its_people(client, provinces):
    make_term("rights_statements", NOT_EVALUATED, "Chưa thẩm định")
    client.force_login(provinces.cataloguer)
    address = reverse("wagtailsnippets_records_record:add") + f"?type=costume&dan-toc={provinces.dao.slug}"
    answer = client.get(address, follow=True)
    assert f"dan-toc={provinces.dao.slug}" in answer.redirect_chain[-1][0]
    assert [group.pk for group in answer.context["form"].instance.groups.all()] == [provinces.dao.pk]
    assert "Dao" in answer.content.decode() and not Record.objects.exists()
