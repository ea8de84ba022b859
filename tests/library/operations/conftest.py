"""A library with a few files and a place for backups, both of this test alone."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from PIL import Image

from library.records.models import Record, RecordMedia
from media_pipeline.intake.ingest import ingest
from media_pipeline.jobs.runner import run_one
from media_pipeline.models import Asset
from media_pipeline.storage.local import LocalStorage
from tests.factories import make_record


@pytest.fixture
def main(settings: Any, tmp_path: Path) -> LocalStorage:
    """The library's storage, empty and prepared."""
    settings.MEDIA_STORAGE, settings.MEDIA_SCRATCH = str(tmp_path / "media"), tmp_path / "scratch"
    settings.MEDIA_ROOT, settings.SEARCH_INDEX_DIR = tmp_path / "editorial", tmp_path / "index"
    storage = LocalStorage(tmp_path / "media")
    storage.prepare()
    cache.clear()
    return storage


@pytest.fixture
def target(tmp_path: Path) -> LocalStorage:
    """A prepared place for backups."""
    storage = LocalStorage(tmp_path / "backup", "backup")
    storage.prepare()
    return storage


def picture(colour: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (320, 200), colour).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def add_record(main: LocalStorage) -> Callable[[str, str], Record]:
    """add_record(title, colour) → a public record with a picture whose renditions are made."""

    def add(title: str, colour: str) -> Record:
        record = make_record(title)
        asset = ingest(io.BytesIO(picture(colour)), f"{colour}.png")
        RecordMedia.objects.create(record=record, asset=asset, alt_vi=title, sort_order=0)
        while run_one():
            pass
        assert Asset.objects.get(pk=asset.pk).state == Asset.State.READY
        return record

    return add
