"""An original is erased for good: every byte, wherever it lies, by somebody with the right, and it stays so."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import ModelLogEntry

from media_pipeline.intake.ingest import Refused
from media_pipeline.models import Asset, Blob
from media_pipeline.preservation import erasure, fixity
from media_pipeline.preservation.sweeper import remove_unused_blobs
from media_pipeline.storage.base import StorageAbsent
from media_pipeline.storage.local import LocalStorage
from tests.media_pipeline.fixtures import picture_bytes

pytestmark = pytest.mark.django_db(transaction=True)

Take, WorkOff = Callable[..., Asset], Callable[[], int]
REASON = "Bà Giàng Thị Mỷ rút lời đồng ý, ngày 26/11/2026"


@pytest.fixture
def asset(take: Take, work_off: WorkOff, media: LocalStorage, second: LocalStorage) -> Asset:
    """A picture with derivatives, words, a second copy, and damaged bytes of it in quarantine."""
    new_asset = take(picture_bytes(), "bà Mỷ.jpg")
    work_off()
    new_asset.refresh_from_db()
    new_asset.tracks.create(role="description", language="vi", source="human").segments.create(order=1, start_ms=0, end_ms=1, text="bà Mỷ")
    while fixity.copy_next():
        pass
    damaged = media.path(new_asset.original.key)
    damaged.chmod(0o600)
    damaged.write_bytes(b"damaged")
    assert fixity.verify([new_asset.original]) == {"repaired": 1}
    return new_asset


def files(*storages: LocalStorage) -> set[str]:
    return {each.key for storage in storages for area in ("o/", "d/", "q/") for each in storage.walk(area)}


def test_an_erased_original_is_left_nowhere(asset: Asset, media: LocalStorage, second: LocalStorage) -> None:
    assert files(media) and files(second)
    erasure.erase(asset, reason=REASON)
    Blob.objects.filter(area="derivative").update(created_at="2020-01-01T00:00Z")
    remove_unused_blobs()
    assert files(media, second) == set()
    asset.refresh_from_db()
    assert (asset.state, asset.name_as_given, asset.private_meta, asset.original.state) == ("withdrawn", "đã xóa", {}, "erased")
    assert not asset.derivatives.exists()
    assert not asset.tracks.exists()
    entry = ModelLogEntry.objects.get(action=erasure.ERASE)
    assert entry.data["reason"] == REASON


def test_an_erased_original_cannot_be_uploaded_again(asset: Asset, take: Take, media: LocalStorage, second: LocalStorage) -> None:
    erasure.erase(asset, reason=REASON)
    with pytest.raises(Refused, match="erased"):
        take(picture_bytes(), "lại.jpg")
    assert not fixity.copy_next()
    assert fixity.verify(list(fixity.due(now=True).filter(area="original"))) == {}
    assert not {key for key in files(media, second) if key.startswith("o/")}


def test_a_storage_that_is_away_is_asked_again(
    asset: Asset, media: LocalStorage, second: LocalStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = LocalStorage.require

    def away(self: LocalStorage) -> None:
        if self.alias == "second":
            raise StorageAbsent("away")
        real(self)

    with monkeypatch.context() as patched:
        patched.setattr(LocalStorage, "require", away)
        erasure.erase(asset, reason=REASON)
    assert asset.original.key in files(second)
    assert erasure.remove_erased() == 1
    assert asset.original.key not in files(media, second)
    assert erasure.remove_erased() == 0


def test_bytes_that_another_file_shows_are_not_erased_under_it(asset: Asset, take: Take, media: LocalStorage) -> None:
    take(picture_bytes(), "cùng bức ảnh.jpg")
    with pytest.raises(ValueError, match="1 tệp khác"):
        erasure.erase(asset, reason=REASON)
    assert asset.original.key in files(media)


def test_only_those_with_the_right_and_a_reason(
    asset: Asset, client: Client, django_user_model: Any, media: LocalStorage, settings: Any
) -> None:
    settings.ROOT_URLCONF = "tests.media_pipeline.admin_urls"
    address = f"/admin/media/erase/{asset.pk}/"
    client.force_login(django_user_model.objects.create_user("biên mục", "b@example.vn", "x"))
    assert client.post(address, {"reason": REASON}).status_code in {302, 403}
    assert asset.original.key in files(media)
    client.force_login(django_user_model.objects.create_superuser("quản trị", "q@example.vn", "x"))
    assert client.post(address, {"reason": " "}).status_code == 422
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": REASON}).status_code == 302
    assert asset.original.key not in files(media)
