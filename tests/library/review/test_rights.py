"""Roles × offices × every path on which a review is read or decided: what happens is what the rule says, cell by cell."""

import contextlib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import TaskState

from library.accounts.models import User
from library.records.models import Record
from library.review.actions.approve_many import approve_many
from library.review.actions.decide import approve, pass_on, send_back
from library.review.models import ReviewComment, ReviewStep
from tests.factories import make_office, make_user
from tests.library.cataloguing.form.test_form import LIST, _form

from .conftest import step_of

pytestmark = pytest.mark.django_db
ROLES = ("contributor", "cataloguer", "reviewer", "administrator")
OFFICES = ("commune", "province", "ministry", "elsewhere")


def _sheet(decision: str) -> Callable[[Client, Any, ReviewStep], Any]:
    def act(client: Client, user: Any, step: ReviewStep) -> Any:
        data = {"decision": decision, "step": step.pk, "revision": step.record.latest_revision_id, "words": "Thiếu nguồn."}
        return client.post(reverse("review_record", args=[step.record_id]), data)

    return act


def _wagtail(action: str) -> Callable[[Client, Any, ReviewStep], Any]:
    def act(client: Client, user: Any, step: ReviewStep) -> Any:
        return client.post(reverse(f"{LIST}:workflow_action", args=[step.record_id, action, step.pk]), {"comment": "Thiếu nguồn."})

    return act


def _own_address(action: str) -> Callable[[Client, Any, ReviewStep], Any]:
    """Wagtail's address of a record of the person's own, with the step of the other record in it."""

    def act(client: Client, user: Any, step: ReviewStep) -> Any:
        own = Record.objects.get(title_vi=f"Của {user.pk}")
        return client.post(reverse(f"{LIST}:workflow_action", args=[own.pk, action, step.pk]), {"comment": "Thiếu nguồn."})

    return act


def _in_form(client: Client, user: Any, step: ReviewStep) -> Any:
    data = {"action-workflow-action": "true", "workflow-action-name": "approve", "workflow-action-extra-data": "{}"}
    return client.post(reverse(f"{LIST}:edit", args=[step.record_id]), _filled(step.record) | data)


def _publish_in_form(client: Client, user: Any, step: ReviewStep) -> Any:
    return client.post(reverse(f"{LIST}:edit", args=[step.record_id]), _filled(step.record) | {"action-publish": "1"})


def _filled(record: Record) -> dict[str, Any]:
    return _form(record.title_vi, group=record.groups.get(), source=record.sources.get().source)


DECISIONS: dict[str, Callable[[Client, Any, ReviewStep], Any]] = {
    "sheet: approve": _sheet("approve"),
    "sheet: return": _sheet("return"),
    "sheet: pass on": _sheet("pass_on"),
    "my work: approve many": lambda client, user, step: client.post(
        reverse("my_work"), {"record": [f"{step.record_id}:{step.record.latest_revision_id}"]}
    ),
    "verb: approve": lambda client, user, step: approve(step, user),
    "verb: send back": lambda client, user, step: send_back(step, user, reason="Thiếu nguồn."),
    "verb: pass on": lambda client, user, step: pass_on(step, user, comment="Việc này Bộ quyết."),
    "verb: approve many": lambda client, user, step: approve_many({step.record_id: step.record.latest_revision_id}, user),
    "form: publish": _publish_in_form,
}
NEVER: dict[str, Callable[[Client, Any, ReviewStep], Any]] = {
    "my work: approve many, unread": lambda client, user, step: client.post(reverse("my_work"), {"record": [step.record_id]}),
    "Wagtail's address: approve": _wagtail("approve"),
    "Wagtail's address: reject": _wagtail("reject"),
    "own address: approve": _own_address("approve"),
    "own address: reject": _own_address("reject"),
    "form: approve": _in_form,
}
READ = {
    "sheet": lambda step: reverse("review_record", args=[step.record_id]),
    "version in the frame": lambda step: reverse("review_version", args=[step.record_id, "new"]),
    "version in Wagtail's address": lambda step: reverse(f"{LIST}:workflow_preview", args=[step.record_id, step.task_id]),
}


@pytest.fixture
def people(chain) -> dict[tuple[str, str], User]:
    """A person of each role at each office, who has a draft of her own in review."""
    offices = {"commune": chain.commune, "province": chain.province, "ministry": chain.ministry, "elsewhere": make_office("tinh-1")}
    first = make_user("reviewer", chain.province)
    chain.sent("Hội chờ duyệt")
    assert step_of(Record.objects.get()).office == first.office
    people = {(role, name): make_user(role, offices[name]) for role in ROLES for name in OFFICES}
    for user in people.values():
        own = chain.draft(f"Của {user.pk}", office=user.office)
        Record.objects.filter(pk=own.pk).update(created_by=user)
        own.get_workflow().start(own, user)
    return people


def _decided(step: ReviewStep, act: Callable[[Client, Any, ReviewStep], Any], user: Any) -> bool:
    """Whether the step was decided, or given to another office; everything is taken back afterwards."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    with transaction.atomic():
        with contextlib.suppress(PermissionDenied):
            act(client, User.objects.get(pk=user.pk), ReviewStep.objects.get(pk=step.pk))
        now = ReviewStep.objects.get(pk=step.pk)
        changed = now.status != TaskState.STATUS_IN_PROGRESS or now.office_id != step.office_id
        transaction.set_rollback(True)
    return bool(changed)


def may(role: str, office: str) -> bool:
    """The rule: a reviewer of the step's office or of one above it."""
    return role in {"reviewer", "administrator"} and office in {"province", "ministry"}


def test_every_path_decides_exactly_for_those_who_may(people):
    step = step_of(Record.objects.get(title_vi="Hội chờ duyệt"))
    wrong, cells = [], 0
    for (role, office), user in people.items():
        for name, act in (DECISIONS | NEVER).items():
            expected = name in DECISIONS and may(role, office)
            cells += 1
            if _decided(step, act, user) != expected:
                wrong.append(f"{name}: {role} of {office} should {'' if expected else 'not '}decide")
    assert wrong == []
    assert cells >= 150


def test_the_sheet_is_read_by_those_with_a_right_on_the_record(people):
    step = step_of(Record.objects.get(title_vi="Hội chờ duyệt"))
    wrong = []
    for (role, office), user in people.items():
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        for name, address in READ.items():
            answer = client.get(address(step))
            in_charge = role != "contributor" and office != "elsewhere"
            expected = (in_charge and may(role, office)) if "Wagtail" in name else in_charge
            if (answer.status_code == 200 and "Hội chờ duyệt" in answer.content.decode()) != expected:
                wrong.append(f"{name}: {role} of {office} {answer.status_code}")
    assert wrong == []


def test_the_author_reads_the_sheet_and_comments_and_decides_nothing(client, chain):
    make_user("reviewer", chain.province)
    record = chain.sent()
    step = step_of(record)
    client.force_login(chain.author)
    page = client.get(reverse("review_record", args=[record.pk])).content.decode()
    assert 'value="comment"' in page and 'value="approve"' not in page and 'value="return"' not in page
    _sheet("comment")(client, chain.author, step)
    assert ReviewComment.objects.get().author == chain.author


def test_work_lists_name_no_record_of_another_office(people, client):
    for (role, office), user in people.items():
        client.force_login(user)
        page = client.get(reverse("my_work")).content.decode()
        assert ("Hội chờ duyệt" in page) is (role in {"reviewer", "administrator"} and office == "province"), (role, office)
