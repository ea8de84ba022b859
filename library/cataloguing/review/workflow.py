"""The review workflow of records: a reviewer approves a record before it is public."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask

from library.accounts.roles import group_of
from library.records.models import Record

NAME = "Duyệt tư liệu"


@transaction.atomic
def load_review_workflow() -> None:
    """Creates the workflow, assigns it to records, and sets its groups. Safe to repeat."""
    task = GroupApprovalTask.objects.filter(name=NAME).first() or GroupApprovalTask.objects.create(name=NAME)
    task.groups.set([group_of("reviewer"), group_of("administrator")])
    workflow, _created = Workflow.objects.get_or_create(name=NAME)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    WorkflowContentType.objects.get_or_create(content_type=ContentType.objects.get_for_model(Record), defaults={"workflow": workflow})
