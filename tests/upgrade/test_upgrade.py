"""What an earlier release wrote works on: names of our code that stand in its rows still lead to that code."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry, TaskState

from library.accounts.models import User
from library.records.models import Record
from library.review.models import ReviewStep
from media_pipeline.models import Asset, MediaJob
from media_pipeline.recipes import BY_NAME
from search.models import IndexEvent, ZeroResultQuery

OURS = ("background", "accounts", "vocabularies", "records", "review", "curation", "media_pipeline", "search")
PUBLISHED, BEGUN, GONE = "Khăn thêu Sa Pa", "Bản nháp đang chờ duyệt", "Tư liệu đã gỡ"

pytestmark = pytest.mark.usefixtures("release")


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_every_migration_is_applied_and_none_is_missing():
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)  # exits where a migration is missing


def test_every_stored_content_type_leads_to_a_model():
    lost = [str(row) for row in ContentType.objects.filter(app_label__in=OURS) if row.model_class() is None]
    assert lost == []
    kinds = {(row.app_label, row.model) for row in ContentType.objects.all()}
    assert {(model._meta.app_label, model._meta.model_name) for label in OURS for model in apps.get_app_config(label).get_models()} <= kinds


def test_rights_follow_a_model_that_was_renamed():
    assert not Permission.objects.filter(codename__endswith="fruitlessquery").exists()
    assert Permission.objects.filter(codename="view_zeroresultquery").count() == 1
    assert ZeroResultQuery.objects.get().words == "khan piêu do"


@pytest.mark.parametrize("language", ["", "/en"])
def test_public_pages_show_what_was_published(language: str):
    client, record = Client(), Record.objects.get(title_vi=PUBLISHED)
    page = client.get(f"{language}/ban-ghi/{record.identifier}/")
    assert page.status_code == 200 and PUBLISHED in page.content.decode()
    assert client.get(f"{language}/gioi-thieu/").status_code == 200
    assert client.get(f"{language}/").status_code == 200


def test_a_withdrawn_record_is_still_a_tombstone():
    assert Client().get(Record.objects.get(title_vi=GONE).get_absolute_url()).status_code == 410


def test_drafts_history_and_log_open_in_the_admin():
    client, record = signed_in("quan-tri"), Record.objects.get(title_vi=PUBLISHED)
    form = client.get(reverse("wagtailsnippets_records_record:edit", args=[record.pk]))
    assert form.status_code == 200 and f"{PUBLISHED} (đang sửa)" in form.content.decode()
    assert client.get(reverse("wagtailsnippets_records_record:history", args=[record.pk])).status_code == 200
    withdrawal = ModelLogEntry.objects.get(action="records.withdraw")
    assert str(withdrawal.message) == "Đã gỡ xuống"


def test_a_review_under_way_ends_in_publication():
    record = Record.objects.get(title_vi=BEGUN)
    task: TaskState = record.current_workflow_task_state
    assert isinstance(task, ReviewStep) and task.office == record.office and task.due_on
    task.specific.task.specific.on_action(task, User.objects.get(username="quan-tri"), "approve")
    record.refresh_from_db()
    assert record.live and Client().get(record.get_absolute_url()).status_code == 200


def test_a_file_its_words_and_its_work_are_known():
    asset = Asset.objects.get()
    assert asset.record_links.get().record.title_vi == PUBLISHED
    assert asset.tracks.get().segments.get().text.startswith("Khăn thêu")
    assert all(job.kind in BY_NAME for job in MediaJob.objects.all())


def test_saved_searches_and_changes_for_the_index_are_kept():
    page = signed_in("nguoi-giu").get(reverse("saved-searches"))
    assert page.status_code == 200 and "Khăn" in page.content.decode()
    assert IndexEvent.objects.filter(kind="record").exists()
