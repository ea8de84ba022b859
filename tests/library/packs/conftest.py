"""A small library of one people: a picture, a recording, a closed record."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import LazySettings
from django.utils import timezone
from django.utils.translation import override

from library.packs.actions.order import order_as_staff
from library.packs.actions.work import advance_packs
from library.packs.models import PackIssue
from library.packs.subjects import subject_of
from library.records.models import Record, RecordMedia
from media_pipeline.models import Asset, Blob
from media_pipeline.storage import derivative_key, main_storage
from media_pipeline.storage.hashing import sha256_of
from tests.factories import make_group, make_office, make_record, make_user

SOUND = b"OggS" + bytes(range(256)) * 40


def add_file(record: Record, kind: str, name: str, role: str, mime: str, content: bytes, **facts: Any) -> Asset:
    """A file of a record with one derivative, whose bytes lie in the storage."""
    source = Path(str(main_storage().root)) / "tmp" / f"{record.pk}-{name}"  # type: ignore[attr-defined]
    source.write_bytes(content)
    sha256 = sha256_of(source)
    original = Blob.objects.create(area="original", sha256=sha256, size=1, key=f"o/{record.pk}-{name}", mime=mime)
    asset = Asset.objects.create(kind=kind, original=original, name_as_given=name, format=kind, state="ready", duration_ms=9000)
    key = derivative_key(asset.uuid, "r" * 16, name, sha256, "bin")
    main_storage().put(key, source, sha256, mime)
    blob = Blob.objects.create(area="derivative", sha256=sha256, size=len(content), key=key, mime=mime)
    facts = {"verified_at": timezone.now(), "average_bitrate": 24000, "duration_ms": 9000} | facts
    asset.derivatives.create(
        name=name, role=role, recipe=kind, recipe_hash="r" * 64, blob=blob, mime=mime, size_bytes=len(content), **facts
    )
    RecordMedia.objects.create(record=record, asset=asset, alt_vi=f"Tệp {kind}", credit="Giàng A Páo")
    return asset


@pytest.fixture(autouse=True)
def vietnamese_first():
    """Addresses are made in the language that is active."""
    with override("vi"):
        yield


@pytest.fixture
def people(settings: LazySettings, tmp_path: Path) -> SimpleNamespace:
    """Three records of one people, of which one is closed; storage and key of their own."""
    settings.MEDIA_STORAGE, settings.MEDIA_SCRATCH = str(tmp_path / "media"), tmp_path / "scratch"
    settings.PACK_SIGNING_KEY = tmp_path / "key.pem"
    main_storage().prepare()
    group, office = make_group(), make_office("tinh-15")
    festival = make_record("Lễ hội Gầu Tào", groups=[group], office=office, summary_vi="Mở hội trên đồi.")
    song = make_record("Hát ống của người Mông", groups=[group], office=office)
    closed = make_record("Điều chỉ cơ quan biết", groups=[group], office=office, own_access="staff")
    picture = add_file(festival, "image", "img-400-jpg", "picture", "image/jpeg", b"\xff\xd8" + bytes(900), width=400, height=300)
    recording = add_file(song, "audio", "a24", "sound", "audio/ogg", SOUND)
    reviewer = make_user("reviewer", office)
    return SimpleNamespace(
        group=group,
        festival=festival,
        song=song,
        closed=closed,
        picture=picture,
        recording=recording,
        user=reviewer,
        subject=f"people:{group.slug}",
    )


def work() -> None:
    """What the worker does until nothing waits."""
    while advance_packs():
        pass


@pytest.fixture
def built(people: SimpleNamespace) -> Callable[..., PackIssue]:
    """built(weight) → the next issue of the pack of the people, as the worker leaves it."""

    def build(weight: str = "sound", language: str = "vi") -> PackIssue:
        subject = subject_of(people.subject)
        assert subject is not None
        issue = order_as_staff(subject, weight, language, user=people.user)
        work()
        issue.refresh_from_db()
        return issue

    return build


def opened(key: str) -> zipfile.ZipFile:
    """A file of the storage as a ZIP."""
    return zipfile.ZipFile(io.BytesIO(b"".join(main_storage().stream(key))))


def inside(key: str) -> dict[str, bytes]:
    """Path in the folder of a pack → content."""
    with opened(key) as archive:
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


def data_of(files: dict[str, bytes]) -> dict[str, Any]:
    """What the script of the pack gives its pages."""
    return dict(json.loads(files["data/pack.js"].decode().removeprefix("window.PACK = ").rstrip().rstrip(";")))
