"""The text of a withdrawn file is shown nowhere: not on the page, not in the index, not in lists."""

import io

import pytest
from PIL import Image

from library.records.models import Record, RecordMedia
from media_pipeline import actions
from media_pipeline.intake.ingest import ingest
from media_pipeline.models import Asset, Segment, TextTrack
from search.indexing.documents import document_of, indexable
from search.models import IndexEvent
from tests.factories import make_record

pytestmark = pytest.mark.django_db


def test_the_words_of_a_withdrawn_file_are_neither_shown_nor_found(client):
    file = io.BytesIO()
    Image.new("RGB", (300, 220)).save(file, "PNG")
    file.seek(0)
    asset = ingest(file, "a.png")
    Asset.objects.filter(pk=asset.pk).update(kind="audio", state="ready", duration_ms=9000)
    record = make_record()
    RecordMedia.objects.create(record=record, asset=asset, caption_vi="Lời khấn loizzq")
    track = TextTrack.objects.create(asset=asset, role="transcript", language="vi", source="human")
    Segment.objects.create(track=track, order=1, start_ms=0, end_ms=5, text="khanzzq")
    record.save()
    assert "khanzzq" in client.get(record.get_absolute_url()).content.decode()
    assert "khanzzq" in _document(record) and "loizzq" in _document(record)
    IndexEvent.objects.all().delete()
    actions.withdraw(Asset.objects.get(pk=asset.pk))
    page = client.get(record.get_absolute_url()).content.decode()
    assert "khanzzq" not in page and "loizzq" not in page
    assert "khanzzq" not in _document(record) and "loizzq" not in _document(record)
    assert IndexEvent.objects.filter(object_id=record.pk).exists()


def _document(record):
    return str(document_of(indexable(Record.objects.filter(pk=record.pk)).get()))
