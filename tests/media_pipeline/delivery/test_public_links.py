"""The tree of public links says what the policy says, and closes when it closes."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from media_pipeline import actions
from media_pipeline.delivery import public_links, tiles
from media_pipeline.derivative_names import TILES
from media_pipeline.models import Asset
from media_pipeline.preservation import sweeper
from media_pipeline.storage.local import LocalStorage
from tests.media_pipeline import policies
from tests.media_pipeline.fixtures import picture_bytes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asset(take: Callable[..., Asset], work_off: Callable[[], int], settings: Any) -> Asset:
    settings.MEDIA_PUB = True
    new_asset = take(picture_bytes((300, 200)))
    work_off()
    new_asset.refresh_from_db()
    return new_asset


def linked(media: LocalStorage, asset: Asset) -> set[str]:
    folder = public_links.folder_of(media, asset.uuid)
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def test_finished_derivatives_that_are_public_are_linked_and_originals_never(asset: Asset, media: LocalStorage) -> None:
    assert linked(media, asset) == {each.file_name for each in asset.current}
    for each in asset.current:
        assert (public_links.folder_of(media, asset.uuid) / each.file_name).samefile(media.path(each.blob.key))


def test_links_of_a_closed_file_go_after_a_refresh_and_after_the_next_sweep(asset: Asset, media: LocalStorage) -> None:
    hidden = asset.current[0]
    policies.HIDDEN.add(hidden.name)
    public_links.refresh(asset)
    assert hidden.file_name not in linked(media, asset)
    policies.HIDDEN.update(each.name for each in asset.current)
    sweeper.sweep()
    assert not linked(media, asset)
    policies.HIDDEN.clear()
    sweeper.sweep()
    assert linked(media, asset) == {each.file_name for each in asset.current}


def test_a_withdrawn_asset_has_no_link_at_once_and_none_comes_back(asset: Asset, media: LocalStorage) -> None:
    actions.withdraw(asset)
    assert not linked(media, asset)
    sweeper.sweep()
    assert not linked(media, asset)


def test_tiles_are_unpacked_and_removed_with_their_pack(
    take: Callable[..., Asset], work_off: Callable[[], int], media: LocalStorage, settings: Any
) -> None:
    settings.MEDIA_PUB = True
    asset = take(picture_bytes((4200, 3000)))
    work_off()
    folder, pack = public_links.folder_of(media, asset.uuid) / TILES, tiles.pack_of(asset)
    assert pack is not None
    unpacked = {str(path.relative_to(folder)): path.stat().st_size for path in folder.rglob("*.jpg")}
    assert unpacked == {name: end - start for name, (start, end) in tiles._index(pack).items()}
    assert public_links.refresh(asset) == 0, "nothing to do again"
    (folder / ".tiles").unlink()
    assert public_links.refresh(asset) == 1
    policies.HIDDEN.add(TILES)
    public_links.refresh(asset)
    assert not folder.exists() and linked(media, asset)


def test_a_picture_closed_while_its_tiles_are_written_stays_closed(
    take: Callable[..., Asset], work_off: Callable[[], int], media: LocalStorage, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asset = take(picture_bytes((4200, 3000)))
    work_off()
    settings.MEDIA_PUB = True
    extract = zipfile.ZipFile.extractall

    def slow(pack: zipfile.ZipFile, target: Path) -> None:
        actions.withdraw(asset)
        extract(pack, target)

    monkeypatch.setattr(zipfile.ZipFile, "extractall", slow)
    public_links.refresh(asset)
    assert not linked(media, asset)
    assert not list((media.root / "pub").iterdir()), "nothing half made is left"


def test_folders_without_an_asset_are_removed(asset: Asset, media: LocalStorage) -> None:
    stranger = media.root / "pub" / "not-an-asset"
    stranger.mkdir()
    (stranger / "x").write_text("x")
    sweeper.sweep()
    assert not stranger.exists()


def test_without_the_setting_there_is_no_tree(
    take: Callable[..., Asset], work_off: Callable[[], int], media: LocalStorage, tmp_path: Path
) -> None:
    take(picture_bytes((300, 200)))
    work_off()
    sweeper.sweep()
    assert not (media.root / "pub").exists()
