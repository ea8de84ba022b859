"""Fifty faults of the disk at random points of uploads: no byte is lost."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from media_pipeline.intake import assembly
from tests.media_pipeline.storage_faults import FAULTS, FaultyDisk, Sender, require_nothing_lost

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("at_once", [True, False], ids=["in the request", "by a worker"])
def test_no_byte_is_lost_whatever_the_disk_does(
    client: Client, django_user_model: Any, settings: Any, monkeypatch: pytest.MonkeyPatch, at_once: bool
) -> None:
    settings.ROOT_URLCONF = "tests.media_pipeline.admin_urls"
    client.force_login(django_user_model.objects.create_superuser("lan", "lan@example.vn", "x"))
    chance = random.Random(20261128)
    if not at_once:
        monkeypatch.setattr(assembly, "AT_ONCE", 0)
    sender, files = Sender(client, chance), list[bytes]()
    with monkeypatch.context() as patch:
        disk = FaultyDisk(patch, chance, 0.12)
        while disk.count < FAULTS:
            files.append(chance.randbytes(chance.randint(1_000, 60_000)).hex().encode())
            sender.send(files[-1])
        disk.on = False
    require_nothing_lost(files)


def test_the_test_sees_a_lost_byte(client: Client, take: Callable[..., Any]) -> None:
    take(b"0123456789" * 10, "a.txt")
    with pytest.raises(AssertionError):
        require_nothing_lost([b"0123456789" * 9])
