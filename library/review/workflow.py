"""The review workflow of records, as an installation has it: one task that goes from office to office."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Workflow, WorkflowContentType, WorkflowTask

from library.records.models import Record

from .models import ReviewTask

NAME = "Duyệt tư liệu"


@transaction.atomic
def load_review_workflow() -> None:
    """Creates the workflow and assigns it to records. Safe to repeat."""
    task = ReviewTask.objects.filter(name=NAME).first() or ReviewTask.objects.create(name=NAME)
    workflow, _created = Workflow.objects.get_or_create(name=NAME)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    WorkflowContentType.objects.get_or_create(content_type=ContentType.objects.get_for_model(Record), defaults={"workflow": workflow})
