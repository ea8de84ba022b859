"""Three levels of offices with a reviewer each, and what the tests of bulk edits do again and again."""

from dataclasses import dataclass
from typing import Any

import pytest

from library.accounts.models import Office, User
from library.cataloguing.bulk.actions import steps
from library.cataloguing.bulk.actions.work import advance_bulk_edits
from library.cataloguing.bulk.changes.table import change_of
from library.cataloguing.bulk.models import BulkEdit
from library.records.models import Record
from library.review.workflow import load_review_workflow
from tests.factories import make_office, make_record, make_term, make_user


@dataclass(frozen=True)
class Place:
    """The ministry, a province, its commune with a hamlet, another province; who writes and who reviews in the commune."""

    offices: dict[str, Office]
    hamlet: Office
    author: User
    reviewer: User

    def draft(self, title: str = "Gầu Tào", **fields: Any) -> Record:
        """A draft of the commune's author, as its form leaves it."""
        office = fields.pop("office", self.offices["commune"])
        record = make_record(title, published=False, office=office, created_by=self.author, **fields)
        record.save_revision(user=self.author)
        return Record.objects.get(pk=record.pk)

    def live(self, title: str = "Gầu Tào", **fields: Any) -> Record:
        """A published record of the commune."""
        return make_record(title, office=self.offices["commune"], **fields)

    def sent(self, title: str = "Gầu Tào", **fields: Any) -> Record:
        """A draft that waits for its review in the commune."""
        record = self.draft(title, **fields)
        record.get_workflow().start(record, self.author)
        return Record.objects.get(pk=record.pk)


@pytest.fixture
def place(db: None) -> Place:
    make_term("vn_ich_categories", "le-hoi", "Lễ hội truyền thống")
    load_review_workflow()
    province = make_office("tinh-15")
    commune = Office.objects.create(code="xa-ta-phin", name_vi="Xã Tả Phìn", level="commune", parent=province)
    hamlet = Office.objects.create(code="thon-1", name_vi="Thôn Một", level="commune", parent=commune)
    offices = {"commune": commune, "province": province, "ministry": make_office("bo"), "elsewhere": make_office("tinh-1")}
    return Place(offices, hamlet, make_user("cataloguer", commune), make_user("reviewer", commune))


def work() -> None:
    """What the worker does until nothing waits."""
    while advance_bulk_edits():
        pass


def begin(user: Any, records: list[Record], code: str, value: Any = None) -> BulkEdit:
    """A bulk edit with its preview."""
    change = change_of(code)
    assert change is not None
    job = steps.begin([record.pk for record in records], change, value, user=user)
    return after(job)


def run(job: BulkEdit, user: Any) -> BulkEdit:
    """Runs it to the end."""
    steps.run(job, user=user)
    return after(job)


def undo(job: BulkEdit, user: Any) -> BulkEdit:
    """Takes it back to the end."""
    steps.undo(job, user=user)
    return after(job)


def after(job: BulkEdit) -> BulkEdit:
    """The bulk edit after the worker had its turns."""
    work()
    return BulkEdit.objects.get(pk=job.pk)


def add(*names: str) -> dict[str, Any]:
    """The value that adds keywords."""
    return {"mode": "add", "chosen": list(names)}


def newest(record: Record) -> Any:
    """The record as its newest version has it."""
    return Record.objects.get(pk=record.pk).get_latest_revision_as_object()


def tags(record: Record) -> list[str]:
    """The keywords of the newest version."""
    return sorted(tag.name for tag in newest(record).tags.all())
