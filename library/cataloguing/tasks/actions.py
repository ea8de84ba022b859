"""What is done with a task of collecting: give it, finish it."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from library.accounts.models import Office
from library.accounts.scope import offices_in_charge
from library.vocabularies.models import EthnicGroup

from .models import CollectingTask


def may_give_tasks(user: Any) -> bool:
    """Whether the person gives tasks: a reviewer of some office."""
    return bool(user.office_id and user.has_perm("records.publish_record"))


def give_task(
    group: EthnicGroup, record_type: str, office: Office, *, user: Any, assignee: Any = None, note: str = "", due: date | None = None
) -> CollectingTask:
    """A task for this office, which is the person's own or one below it.

    Raises ``PermissionDenied`` for another office, ``ValidationError`` when the office has this task already, or for a person elsewhere.
    """
    if not may_give_tasks(user) or not offices_in_charge(user).filter(pk=office.pk).exists():
        raise PermissionDenied
    if assignee is not None and assignee.office_id != office.pk:
        raise ValidationError({"assignee": _("Người này không thuộc cơ quan đã chọn.")})
    task = CollectingTask(group=group, record_type=record_type, office=office, assignee=assignee, note=note, due=due, created_by=user)
    try:
        with transaction.atomic():
            task.save()
    except IntegrityError:
        raise ValidationError({"office": _("Cơ quan này đã được giao việc ấy rồi.")}) from None
    return task


def finish_task(task: CollectingTask, user: Any) -> None:
    """Marks the task as done. Raises ``PermissionDenied`` for somebody of another office. A second time changes nothing."""
    if not user.office_id or not task.office.path.startswith(user.office.path):
        raise PermissionDenied
    CollectingTask.objects.filter(pk=task.pk, done_at=None).update(done_at=timezone.now())
