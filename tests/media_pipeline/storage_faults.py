"""A sender with patience on storages that fail at random points: what was acknowledged stays, and the file arrives whole, once.

STORAGE_FAULTS says how many faults; the full measure of the goal is 50.
"""

import contextlib
import errno
import json
import os
import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from media_pipeline.errors import Waiting
from media_pipeline.intake import assembly
from media_pipeline.models import Asset, Upload
from media_pipeline.storage import main_storage

FAULTS = int(os.environ.get("STORAGE_FAULTS", "50"))
OURS = {503, 507}
MOST_TRIES = 200


class Sender:
    """Sends texts in pieces as the upload page does; every answer must be a success, the true offset or a fault of the server's own."""

    def __init__(self, client: Client, chance: random.Random) -> None:
        self.client, self.chance, self.sent = client, chance, 0

    def send(self, data: bytes) -> None:
        """One file from begin to end; after each step what was acknowledged is on the disk."""
        body = {"name": f"{self.sent}.txt", "size": len(data), "fingerprint": f"print-{self.sent}"}
        upload = self._patiently(lambda: self.client.post(reverse("media:uploads"), json.dumps(body), content_type="application/json"))
        offset, url = upload["offset"], upload["url"]
        while offset < len(data):
            piece = data[offset : offset + self.chance.randint(1, 20_000)]
            reply = self._patiently(lambda piece=piece, offset=offset: self._patch(url, piece, offset))
            assert reply["offset"] >= offset
            offset = reply["offset"]
            self._require_acknowledged(upload["id"], data[:offset])
        self._patiently(lambda: self._finish(url), until=lambda reply: "sha256" in reply)
        self.sent += 1

    def _patch(self, url: str, piece: bytes, offset: int) -> Any:
        return self.client.patch(url, piece, content_type="application/octet-stream", headers={"upload-offset": str(offset)})

    def _finish(self, url: str) -> Any:
        """By turns the sender asks again and a worker looks."""
        Upload.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))
        if self.chance.random() < 0.5:
            with contextlib.suppress(Waiting, OSError):  # the guarded loop of a worker goes on
                assembly.assemble_next()
        return self.client.post(f"{url}/finish")

    def _patiently(self, ask: Callable[[], Any], until: Callable[[Any], bool] = bool) -> Any:
        for _try in range(MOST_TRIES):
            answer = ask()
            assert answer.status_code in {200, 201, 202, 409} | OURS, (answer.status_code, answer.content)
            if answer.status_code not in OURS and until(answer.json()):
                return answer.json()
        raise AssertionError(f"no success within {MOST_TRIES} tries")

    @staticmethod
    def _require_acknowledged(upload_id: str, data: bytes) -> None:
        upload = Upload.objects.get(uuid=upload_id)
        assert upload.offset >= len(data)
        with open(Path(settings.MEDIA_SCRATCH) / "uploads" / upload_id, "rb") as file:  # noqa: PTH123 - Path.open may fail on purpose
            assert file.read(len(data)) == data


class FaultyDisk:
    """Calls of the operating system below a folder that fail at random: before they did anything, or after they did it."""

    def __init__(self, patch: pytest.MonkeyPatch, chance: random.Random, share: float) -> None:
        self.chance, self.share, self.count, self.on = chance, share, 0, True
        for place, name in [(os, "fsync"), (os, "link"), (os, "utime"), (Path, "mkdir"), (Path, "touch"), (Path, "chmod"), (Path, "open")]:
            patch.setattr(place, name, self._faulty(getattr(place, name)))

    def _faulty(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            fails = self.on and self.count < FAULTS and self.chance.random() < self.share
            late = fails and real is not Path.open and self.chance.random() < 0.3
            result = real(*args, **options) if late or not fails else None
            if fails:
                self.count += 1
                number = self.chance.choice([errno.ENOSPC, errno.EIO, errno.EDQUOT])
                raise OSError(number, os.strerror(number))
            return result

        return call


def require_nothing_lost(files: list[bytes]) -> None:
    """Every file is stored whole, once, and nothing else is."""
    storage = main_storage()
    stored = [b"".join(storage.stream(asset.original.key)) for asset in Asset.objects.select_related("original").order_by("pk")]
    assert sorted(stored) == sorted(files)
    assert len(list(storage.walk("o/"))) == len(files)
    assert set(Upload.objects.values_list("state", flat=True)) == {"done"}
