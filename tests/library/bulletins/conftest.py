"""A commune with a record that is heard, an officer who makes a bulletin of it, and a bulletin as the worker leaves it."""

import io
import math
import struct
import wave
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import LazySettings
from django.utils.translation import override

from library.bulletins.actions import publish, write
from library.bulletins.actions.work import advance_bulletins
from library.bulletins.models import Bulletin, Piece, Voice
from library.records.models import ContactConsent, Record, RecordMedia
from library.vocabularies.models import AdminUnit
from media_pipeline.intake.ingest import ingest
from media_pipeline.models import Asset
from media_pipeline.storage import main_storage
from media_pipeline.storage.hashing import sha256_of
from tests.factories import make_office, make_record, make_user

RATE = 16_000


def tone(seconds: float, loud: float = 0.1, pitch: int = 440, peak: float = 0.0) -> io.BytesIO:
    """A WAV file with one tone; ``loud``: of the greatest amplitude. ``peak``: of one short beat in each second, none where it is 0."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        height = [peak if peak and at % RATE < RATE // 400 else loud for at in range(int(RATE * seconds))]
        frames = (int(32_000 * each * math.sin(2 * math.pi * pitch * at / RATE)) for at, each in enumerate(height))
        sound.writeframes(b"".join(struct.pack("<h", frame) for frame in frames))
    file.seek(0)
    return file


def add_sound(record: Record, seconds: float = 6.0, **fields: object) -> Asset:
    """A sound of a record."""
    asset = ingest(tone(seconds, pitch=330 + record.pk), f"tieng-{record.pk}.wav")
    RecordMedia.objects.create(record=record, asset=asset, alt_vi="Tiếng hát", **fields)
    return asset


def agree_to_broadcast(record: Record) -> None:
    """Those who are heard in a record agree that it is broadcast."""
    told = {"given_by": "Người hát", "given_how": "spoken", "given_on": "2026-01-02", "evidence": "Băng số 1"}
    ContactConsent.objects.create(record=record, use=ContactConsent.Use.BROADCAST, **told)


@pytest.fixture(autouse=True)
def vietnamese_first():
    """Addresses are made in the language that is active."""
    with override("vi"):
        yield


@pytest.fixture
def place(settings: LazySettings, tmp_path: Path) -> SimpleNamespace:
    """A province with two communes, its office, a song that everybody may hear; a storage of its own."""
    settings.MEDIA_STORAGE, settings.MEDIA_SCRATCH = str(tmp_path / "media"), tmp_path / "scratch"
    main_storage().prepare()
    province = AdminUnit.objects.create(level="province", code="15", label_vi="Lào Cai", slug="lao-cai")
    commune = AdminUnit.objects.create(level="commune", code="03013", label_vi="Xã Tả Phìn", slug="xa-ta-phin", parent=province)
    other = AdminUnit.objects.create(level="commune", code="03014", label_vi="Xã Bản Hồ", slug="xa-ban-ho", parent=province)
    office = make_office("tinh-15")
    user = make_user("reviewer", office, email="loa@example.vn")
    song = make_record("Hát ống Tả Phìn", office=office, places=[commune])
    agree_to_broadcast(song)
    return SimpleNamespace(
        province=province, commune=commune, other=other, office=office, user=user, song=song, asset=add_sound(song, own_access="public")
    )


@pytest.fixture
def written(place: SimpleNamespace) -> Bulletin:
    """A draft: a spoken greeting of two seconds, then the song from its first to its fourth second."""
    bulletin = write.begin(Bulletin(title="Bản tin tháng Giêng", place=place.commune), user=place.user)
    voice = ingest(tone(2.0, loud=0.8, pitch=200), "loi-chao.wav", user=place.user)
    write.put(Piece(bulletin=bulletin, is_words=True, text="Kính chào bà con Tả Phìn.", voice=Voice.PERSON, asset=voice), user=place.user)
    write.put(Piece(bulletin=bulletin, is_words=False, record=place.song, asset=place.asset, start_s=1, end_s=4), user=place.user)
    return bulletin


def work() -> None:
    """What the worker does until nothing waits."""
    while advance_bulletins():
        pass


@pytest.fixture
def joined(place: SimpleNamespace, written: Bulletin) -> Bulletin:
    """The same, joined by the worker."""
    publish.build(written, user=place.user)
    work()
    written.refresh_from_db()
    return written


@pytest.fixture
def built(written: Bulletin, tmp_path: Path) -> Bulletin:
    """A bulletin as the worker leaves it, with other bytes in the place of its MP3: for what asks only whether it may be heard."""
    file = tmp_path / "file.mp3"
    file.write_bytes(b"\xff\xfb" + bytes(range(256)) * 160)
    key, sha256 = f"b/{written.pk}-file", sha256_of(file)
    main_storage().put(key, file, sha256, "audio/mpeg")
    stored = {"key": key, "sha256": sha256, "size": file.stat().st_size, "duration_ms": 5_700}
    Bulletin.objects.filter(pk=written.pk).update(state="ready", **stored)
    written.refresh_from_db()
    return written


@pytest.fixture
def on_air(place: SimpleNamespace, built: Bulletin) -> Bulletin:
    """The same, heard by everybody."""
    publish.schedule(built, None, user=place.user)
    return built


@pytest.fixture
def doors(client) -> Callable[[Bulletin], dict[str, int | bool]]:
    """doors(bulletin) → what each way to a bulletin answers to somebody who has not signed in: status, or whether it is named."""

    def ask(bulletin: Bulletin) -> dict[str, int | bool]:
        page = f"/ban-tin/{bulletin.pk}/"
        status = {address: client.get(address).status_code for address in (page, f"/en{page}", f"{page}ban-tin.mp3")}
        feeds = ("/ban-tin/nghe.rss", "/ban-tin/tinh/lao-cai.rss", "/ban-tin/xa/xa-ta-phin-03013.rss")
        named = {address: bulletin.title in client.get(address).content.decode() for address in ("/ban-tin/", *feeds)}
        return status | named

    return ask
