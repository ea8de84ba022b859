"""Roles × offices × changes on the path of a bulk edit: what happens to a record is what the rule says, cell by cell."""

from itertools import product
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from library.records.models import Record
from library.review.models import current_step
from tests.factories import make_term, make_user

from .conftest import Place, add, begin, newest, run, tags, work

pytestmark = pytest.mark.django_db
ROLES = ("", "contributor", "cataloguer", "reviewer", "administrator")
OFFICES = ("commune", "province", "ministry", "elsewhere")
CHANGES = ("tags", "rights", "own_access", "office", "people", "send_for_review", "approve", "publish")
DECIDERS = ("reviewer", "administrator")


def _allowed(role: str, office: str, change: str) -> bool:
    """The rule: officers in charge change; reviewers in charge decide; without a review only the last level publishes, the province."""
    in_charge = office != "elsewhere"
    if change == "approve":
        return in_charge and role in DECIDERS
    if change == "publish":
        return in_charge and role in DECIDERS and office != "commune"
    return in_charge and role in ("cataloguer", *DECIDERS)


def _value(place: Place, change: str) -> Any:
    return {
        "tags": add("hội xuân"),
        "rights": make_term("rights_statements", "InC").pk,
        "own_access": "staff",
        "office": place.hamlet.pk,
        "people": {"mode": "add", "chosen": [["teller", None, "Bà Mẩy"]]},
    }.get(change)


def _state(record: Record) -> tuple[Any, ...]:
    """All that a bulk edit could have changed."""
    draft, step = newest(record), current_step(record)
    people = [row.name for row in draft.people.all()]
    return tags(record), draft.rights_id, draft.own_access, draft.office_id, people, draft.live, step.pk if step else None


@pytest.mark.parametrize("change", CHANGES)
def test_a_bulk_edit_does_what_the_rule_says(place: Place, change: str):
    value, wrong, made = _value(place, change), [], place.sent if change == "approve" else place.draft
    record = made()
    before = _state(record)
    for role, office in product(ROLES, OFFICES):
        user = make_user(role, place.offices[office])
        try:
            run(begin(user, [record], change, value), user)
        except (PermissionDenied, ValidationError):
            work()
        changed = _state(record) != before
        if changed is not _allowed(role, office, change):
            wrong.append((role, office))
        if changed:
            record = made()
            before = _state(record)
    assert wrong == []


@pytest.mark.parametrize("change", ["tags", "send_for_review", "publish"])
def test_a_contributor_changes_the_own_draft_and_no_other(place: Place, change: str):
    user = make_user("contributor", place.offices["commune"])
    own, other = place.draft("Của mình"), place.draft("Của người khác")
    Record.objects.filter(pk=own.pk).update(created_by=user)
    before = _state(own), _state(other)
    job = run(begin(user, [own, other], change, _value(place, change)), user)
    assert job.total == 1 and _state(other) == before[1]
    assert (_state(own) != before[0]) is (change != "publish")


@pytest.mark.parametrize("office", ["province", "ministry"])
def test_a_draft_is_never_given_to_an_office_outside(place: Place, office: str):
    user = make_user("cataloguer", place.offices["commune"])
    record = place.draft()
    job = begin(user, [record], "office", place.offices[office].pk)
    assert dict(job.counts()) == {"refuse": 1} and job.records.get().reason == "Cơ quan này không thuộc phạm vi của bạn."
