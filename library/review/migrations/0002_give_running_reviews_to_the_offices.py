"""The review of earlier releases (one task for the group of reviewers) becomes the one that goes from office to office.

Reviews that run go on: each gets a step at the office that decides it now. Decided steps stay as they were.
"""

from datetime import timedelta

from django.db import migrations
from django.utils.timezone import localdate

NAME = "Duyệt tư liệu"
DAYS = 7  # a full week for what was sent before the upgrade


def _content_type(apps, label, model):
    return apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=label, model=model)[0]


def to_offices(apps, schema_editor):
    old_task, new_task = apps.get_model("wagtailcore", "GroupApprovalTask"), apps.get_model("review", "ReviewTask")
    task_model = apps.get_model("wagtailcore", "Task")
    for task in old_task.objects.filter(name=NAME):
        key = task.pk  # deleting clears it
        task.delete(keep_parents=True)
        new_task(task_ptr_id=key).save_base(raw=True)
        task_model.objects.filter(pk=key).update(content_type_id=_content_type(apps, "review", "reviewtask").pk)
        _give_steps(apps, key)


def _give_steps(apps, task):
    step_model, record_model = apps.get_model("review", "ReviewStep"), apps.get_model("records", "Record")
    state_model = apps.get_model("wagtailcore", "TaskState")
    own_type = _content_type(apps, "review", "reviewstep").pk
    due = localdate() + timedelta(days=DAYS)
    for state in state_model.objects.filter(task=task, status="in_progress").select_related("workflow_state"):
        record = record_model.objects.select_related("office").filter(pk=state.workflow_state.object_id).first()
        if record is None:
            continue
        office = _deciding_office(apps, record.office.path)
        step_model(taskstate_ptr_id=state.pk, record_id=record.pk, office_id=office, due_on=due).save_base(raw=True)
        state_model.objects.filter(pk=state.pk).update(content_type_id=own_type)


def _deciding_office(apps, path):
    """The key of the nearest office with a reviewer, from the record's own upwards; the highest when nobody reviews."""
    parts = [part for part in path.split("/") if part]
    paths = [f"/{'/'.join(parts[:depth])}/" for depth in range(len(parts), 0, -1)]
    offices = {office.path: office for office in apps.get_model("accounts", "Office").objects.filter(path__in=paths)}
    people = apps.get_model("accounts", "User").objects.filter(is_active=True, groups__permissions__codename="publish_record")
    above = [offices[each] for each in paths if each in offices]
    return next((office.pk for office in above if people.filter(office=office.pk).exists()), above[-1].pk)


def to_group(apps, schema_editor):
    old_task, new_task = apps.get_model("wagtailcore", "GroupApprovalTask"), apps.get_model("review", "ReviewTask")
    state_type, task_type = _content_type(apps, "wagtailcore", "taskstate"), _content_type(apps, "wagtailcore", "groupapprovaltask")
    keys = list(apps.get_model("review", "ReviewStep").objects.values_list("pk", flat=True))
    apps.get_model("wagtailcore", "TaskState").objects.filter(pk__in=keys).update(content_type=state_type)
    for task in new_task.objects.all():
        key = task.pk
        task.delete(keep_parents=True)
        old_task(task_ptr_id=key).save_base(raw=True)
        apps.get_model("wagtailcore", "Task").objects.filter(pk=key).update(content_type=task_type)


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0001_tasks_steps_and_comments_of_reviews"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(to_offices, to_group)]
