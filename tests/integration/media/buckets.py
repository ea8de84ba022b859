"""A bucket on the S3 server of the tests, as the site's storage."""

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from media_pipeline.storage.s3 import S3Storage


@pytest.fixture
def bucket(s3_url: str, settings: Any, media: object) -> Iterator[S3Storage]:
    settings.S3_ENDPOINT_URL, settings.S3_ACCESS_KEY_ID, settings.S3_SECRET_ACCESS_KEY = s3_url, "testroot", "testsecret-testsecret"
    name = f"media-{uuid.uuid4().hex[:12]}"
    settings.MEDIA_STORAGE = f"s3://{name}/kho"
    storage = S3Storage(name, "kho/")
    storage.prepare()
    yield storage


@pytest.fixture
def source_file(tmp_path: Path) -> Path:
    path = tmp_path / "source_file"
    path.write_bytes(b"0123456789")
    return path
