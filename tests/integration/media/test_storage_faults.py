"""Fifty faults of an S3 server at random points of uploads: no byte is lost."""

import random
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from media_pipeline import storage
from media_pipeline.storage import s3
from media_pipeline.storage.s3 import S3Storage
from tests.integration.media.buckets import *  # noqa: F403
from tests.media_pipeline.fixtures import *  # noqa: F403
from tests.media_pipeline.storage_faults import FAULTS, Sender, require_nothing_lost
from tests.services.http_faults import HttpFaults

pytestmark = [pytest.mark.service("s3"), pytest.mark.django_db(transaction=True)]


class FaultsNowAndThen(Sender):
    """Before a step the server is told to fail its next requests, as many as chance says."""

    proxy: HttpFaults
    faults = 0

    def _patiently(self, ask: Any, until: Any = bool) -> Any:
        def after_a_fault() -> Any:
            if self.faults < FAULTS and self.chance.random() < 0.6:
                storage._storage_at.cache_clear()  # the proxy answers by connection, and an open one would never meet a fault
                self.proxy.fail = self.chance.randint(1, 3)
                before = self.proxy.fail
                answer = ask()
                self.faults += before - self.proxy.fail
                return answer
            self.proxy.fail = 0
            return ask()

        return super()._patiently(after_a_fault, until)


def test_no_byte_is_lost_whatever_the_bucket_does(
    bucket: S3Storage, s3_url: str, client: Client, django_user_model: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ROOT_URLCONF = "tests.media_pipeline.admin_urls"
    client.force_login(django_user_model.objects.create_superuser("lan", "lan@example.vn", "x"))
    monkeypatch.setattr(s3, "ATTEMPTS", 1)  # every fault is met by us and not by boto3
    chance, files, server = random.Random(20261128), list[bytes](), urlsplit(s3_url)
    with HttpFaults(server.hostname, server.port) as proxy:
        settings.S3_ENDPOINT_URL = f"http://{proxy.address}"
        storage._storage_at.cache_clear()
        sender = FaultsNowAndThen(client, chance)
        sender.proxy = proxy
        while sender.faults < FAULTS:
            assert len(files) < 10 * FAULTS, "the server was hardly ever asked while it failed"
            files.append(chance.randbytes(chance.randint(1_000, 60_000)).hex().encode())
            sender.send(files[-1])
        proxy.fail = 0
        require_nothing_lost(files)
    storage._storage_at.cache_clear()
