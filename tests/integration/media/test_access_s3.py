"""The access rule over a bucket: each delivery method, each kind of reader, each level, each kind of file.

Signed addresses are only for what is public.
"""

import urllib.error
import urllib.request
from itertools import product
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from library.access import ANONYMOUS, PUBLIC, STAFF, can_see
from library.accounts.models import User
from library.records.models import Record
from media_pipeline.delivery import file_view, policy
from media_pipeline.jobs.runner import run_one
from tests.integration.media.buckets import *  # noqa: F403
from tests.library.access_matrix import *  # noqa: F403
from tests.library.access_matrix import LEVELS
from tests.waiting import wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.service("s3")]

DELIVERY_METHODS = ("app", "accel", "redirect")
FILES = ("original.png", "img-{width}-jpg.jpg", "track-{track}.txt")


@pytest.fixture
def media(settings: Any, tmp_path: Any) -> None:
    """What a bucket is put in the place of."""
    settings.MEDIA_SCRATCH = tmp_path / "scratch"
    cache.clear()


@pytest.fixture
def stored(bucket: object, records_by_level: dict[str, Record]) -> dict[str, Record]:
    """The records with their files and derivatives in the bucket, and words beside each file."""
    while run_one():
        pass
    for record in records_by_level.values():
        asset = record.media.get().asset
        track = asset.tracks.create(role="transcript", language="vi", source="human")
        track.segments.create(order=0, start_ms=0, end_ms=1000, text="Lời")
    return records_by_level


def addresses(record: Record) -> list[str]:
    asset = record.media.get().asset
    values = {"width": asset.width, "track": asset.tracks.get().pk}
    return [reverse("media:file", args=[asset.uuid, name.format(**values)]) for name in FILES]


def status_of(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            answer.read()
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def opens(client: Client, address: str) -> tuple[bool, str]:
    """Whether the bytes are given, and the signed address where they are."""
    answer = client.get(address)
    assert answer.status_code in {200, 307, 404}, answer.status_code
    location = answer.get("Location", "")
    return (status_of(location) == 200 if location else answer.status_code == 200), location


def test_every_delivery_method_follows_the_access_rule(stored: dict[str, Record], readers: dict[str, User | None], settings: Any) -> None:
    wrong, cells, signed = [], 0, set()
    for reader, user in readers.items():
        client = Client()
        if user is not None:
            client.force_login(user)
        viewer = User.objects.get(pk=user.pk).viewer if user else ANONYMOUS
        for (level, thing), method in product(stored.items(), DELIVERY_METHODS):
            settings.MEDIA_DELIVERY = method
            for address in addresses(thing):
                opened, location = opens(client, address)
                cells += 1
                signed |= {level} if location else set()
                if opened != can_see(viewer, Record.objects.get(pk=thing.pk)):
                    wrong.append(f"{method} {address.rpartition('/')[2]}: {reader} {'gets' if opened else 'does not get'} what is {level}")
    assert not wrong, "\n".join(wrong)
    assert cells == len(DELIVERY_METHODS) * len(readers) * len(LEVELS) * len(FILES) >= 400
    assert signed == {PUBLIC}, "a signed address can be passed on: only for what anybody may have"


def test_without_its_signature_or_after_its_time_an_address_is_closed(
    stored: dict[str, Record], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_DELIVERY = "redirect"
    picture = addresses(stored[PUBLIC])[1]
    _opened, location = opens(Client(), picture)
    assert status_of(location.partition("?")[0]) == 403
    monkeypatch.setattr(file_view, "SIGNED_SECONDS", 1)
    _opened, brief = opens(Client(), picture)
    wait_until(lambda: status_of(brief) == 403, every=0.5, what="the address of one second is closed")


def test_a_closed_record_gets_no_new_address(stored: dict[str, Record], settings: Any) -> None:
    settings.MEDIA_DELIVERY = "redirect"
    record = stored[PUBLIC]
    assert all(opens(Client(), address)[0] for address in addresses(record))
    record.own_access = STAFF
    record.save()
    cache.clear()  # the few seconds for which a decision is remembered
    assert not any(opens(Client(), address)[0] for address in addresses(record))
    assert policy.DECISION_SECONDS + file_view.SIGNED_SECONDS <= 60
