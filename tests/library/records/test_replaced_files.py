"""A better scan takes the place of a file in every record and draft; the old one stays as it was."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from library.records.actions.publish import publish
from library.records.models import Record, RecordMedia
from media_pipeline import actions
from media_pipeline.intake.ingest import ingest
from media_pipeline.models import Asset
from search.models import IndexEvent
from tests.factories import make_office, make_record, make_user

pytestmark = pytest.mark.django_db


def _png(shade: int) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (64, 48), (shade, 90, 90)).save(file, "PNG")
    return file.getvalue()


def _asset(shade: int, user=None) -> Asset:
    return ingest(io.BytesIO(_png(shade)), f"anh-{shade}.png", user=user)


@pytest.fixture
def officer(client):
    user = make_user("cataloguer", make_office("tinh-15"))
    client.force_login(user)
    return user


@pytest.fixture
def old(officer) -> Asset:
    return _asset(10, officer)


def _using(asset: Asset, **fields) -> Record:
    record = make_record(office=make_office("tinh-15"), published=False, **fields)
    record.media.add(RecordMedia(asset=asset, alt_vi="Ảnh"))
    record.save()
    record.save_revision()
    return publish(record)


def test_the_record_shows_the_better_copy_and_nothing_waits_to_be_published(old, officer):
    record, better = _using(old), _asset(20, officer)
    IndexEvent.objects.all().delete()
    actions.replace(old, better, user=officer)
    record = Record.objects.get(pk=record.pk)
    assert record.media.get().asset == better
    assert record.live and not record.has_unpublished_changes
    assert record.live_revision.as_object().media.get().asset == better
    assert record.revisions.order_by("pk").first().as_object().media.get().asset == old  # history stays
    assert IndexEvent.objects.filter(object_id=record.pk).exists()
    old.refresh_from_db()
    assert (old.replaced_by, old.original.key != better.original.key) == (better, True)


def test_a_file_that_only_a_draft_has_is_exchanged_there(old, officer):
    better, record = _asset(20, officer), _using(_asset(30, officer))
    draft = record.get_latest_revision_as_object()
    draft.media.add(RecordMedia(asset=old, alt_vi="Ảnh mới chọn"))
    draft.save_revision()
    actions.replace(old, better, user=officer)
    newest = Record.objects.get(pk=record.pk).get_latest_revision_as_object()
    assert [(link.alt_vi, link.asset == better) for link in newest.media.all()] == [("Ảnh", False), ("Ảnh mới chọn", True)]
    assert Record.objects.get(pk=record.pk).media.count() == 1, "nothing is published by it"


def test_a_newer_draft_keeps_its_words_and_gets_the_better_copy(old, officer):
    record, better = _using(old), _asset(20, officer)
    draft = record.get_latest_revision_as_object()
    draft.title_vi = "Tên đang sửa"
    draft.save_revision()
    actions.replace(old, better, user=officer)
    record = Record.objects.get(pk=record.pk)
    assert record.has_unpublished_changes and record.title_vi != "Tên đang sửa"
    newest = record.get_latest_revision_as_object()
    assert (newest.title_vi, newest.media.get().asset) == ("Tên đang sửa", better)
    assert record.media.get().asset == better


@pytest.mark.parametrize("mistake", ["itself", "kind", "twice"])
def test_what_cannot_take_its_place(old, officer, mistake):
    better = _asset(20, officer)
    if mistake == "kind":
        Asset.objects.filter(pk=better.pk).update(kind="audio")
        better.refresh_from_db()
    if mistake == "twice":
        actions.replace(old, better, user=officer)
    with pytest.raises(ValueError, match="Tệp"):
        actions.replace(old, old if mistake == "itself" else better, user=officer)


def test_an_officer_replaces_it_in_the_admin(client, old):
    record = _using(old)
    page = reverse("media_admin:replace", args=[old.pk])
    assert page in client.get(reverse("media_admin:inspect", args=[old.pk])).content.decode()
    assert client.post(page, {}).status_code == 422
    answer = client.post(page, {"file": SimpleUploadedFile("quet-lai.png", _png(30))})
    better = Asset.objects.get(name_as_given="quet-lai.png")
    assert answer.url == reverse("media_admin:inspect", args=[better.pk])
    assert record.media.get().asset == better
    assert "quet-lai.png" in client.get(reverse("media_admin:inspect", args=[old.pk])).content.decode()
    used_by = client.get(reverse("media_admin:inspect", args=[better.pk])).context["used_by"]
    assert used_by == [(record.title, reverse("wagtailsnippets_records_record:edit", args=[record.pk]))]
    assert client.get(reverse("media_admin:inspect", args=[old.pk])).context["used_by"] == []


def test_an_officer_of_another_office_cannot(client, old):
    client.force_login(make_user("cataloguer", make_office("tinh-1")))
    assert client.post(reverse("media_admin:replace", args=[old.pk]), {"file": SimpleUploadedFile("x.png", _png(40))}).status_code == 404
