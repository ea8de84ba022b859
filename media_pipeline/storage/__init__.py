"""Where bytes are stored: a folder or an S3 bucket, by one setting. Keys are made here and nowhere else."""

from datetime import datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlparse

from django.conf import settings

from .base import Storage
from .local import LocalStorage


def original_key(sha256: str) -> str:
    """Where an original lives: by its content, so that equal bytes are stored once."""
    return f"o/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def derivative_key(asset_uuid: object, recipe_hash: str, name: str, sha256: str, extension: str) -> str:
    """Where a derivative lives: the same work twice writes the same key."""
    return f"d/{asset_uuid}/{recipe_hash[:16]}/{name}-{sha256[:8]}.{extension}"


def quarantine_key(key: str, when: datetime) -> str:
    """Where damaged bytes are kept, never served."""
    return f"q/{when:%Y%m%dT%H%M%S%f}/{quarantine_name(key)}"


def quarantine_name(key: str) -> str:
    """The last part of a key in quarantine."""
    return key.replace("/", "-")


def open_storage(address: str, alias: str, *, patient: bool = False) -> Storage:
    """The storage of an address: a folder, or ``s3://bucket/prefix``."""
    return _bucket(address, alias, patient=patient) if address.startswith("s3://") else LocalStorage(Path(address), alias)


def _bucket(address: str, alias: str, *, patient: bool) -> Storage:
    from .s3 import S3Storage  # needs an optional package; the settings refuse to start without it

    parts = urlparse(address)
    prefix = parts.path.strip("/")
    return S3Storage(parts.netloc, f"{prefix}/" if prefix else "", alias, patient=patient)


@cache
def _storage_at(address: str, alias: str, patient: bool, endpoint: str) -> Storage:
    return open_storage(address, alias, patient=patient)


def main_storage(*, patient: bool = False) -> Storage:
    """The storage of ``MEDIA_STORAGE``; ``patient`` for workers, whose waits may be longer than a reader's."""
    return _storage_at(str(settings.MEDIA_STORAGE), "main", patient, settings.S3_ENDPOINT_URL)


def copies() -> list[Storage]:
    """The second storages of ``MEDIA_COPIES``, by alias."""
    return [_storage_at(address, alias, True, settings.S3_ENDPOINT_URL) for alias, address in settings.MEDIA_COPIES.items()]
