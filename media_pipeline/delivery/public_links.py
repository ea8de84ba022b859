"""The ``pub/`` tree: hard links to the derivatives that anonymous readers may see now, for a web server to serve by itself.

Tiles lie there one by one, taken out of their pack: a viewer asks for dozens at a time, and a web server answers each in a tenth of
a millisecond. It follows from the access policy alone: it can be deleted and made again at any time. Links are made after
the commit that opens a file, and removed before and after the commit that closes it; the sweeper corrects what was missed. Only
for local storage and where ``MEDIA_PUB`` is on; originals are never linked.
"""

import os
import shutil
import time
import uuid
import zipfile
from contextlib import suppress
from functools import partial
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import transaction

from ..derivative_names import TILES
from ..models import Asset, Derivative
from ..storage import main_storage
from ..storage.local import LocalStorage
from .policy import readable

PUB = "pub"
CURSOR = "media-pub-cursor"
SECONDS_A_ROUND = 5.0


def tree() -> LocalStorage | None:
    """The storage whose tree is kept, or None where there is none."""
    storage = main_storage()
    return storage if settings.MEDIA_PUB and isinstance(storage, LocalStorage) else None


def folder_of(storage: LocalStorage, asset_uuid: object) -> Path:
    """Where the links of an asset are; the same path as in the address of the file view."""
    return storage.root / PUB / str(asset_uuid)


def open_derivatives(asset: Asset) -> list[Derivative]:
    """Every current derivative that anybody may see now. Asks the policy itself, not its remembered answers."""
    if asset.state == Asset.State.WITHDRAWN:
        return []
    current = asset.derivatives.filter(state=Derivative.State.CURRENT).select_related("blob")
    by_name = {each.name: each for each in current}
    opened = readable(AnonymousUser(), asset, by_name.keys()) if by_name else frozenset()
    return [derivative for name, derivative in by_name.items() if name in opened]


def refresh(asset: Asset) -> int:
    """Make the links of an asset what the policy says now; returns how many changed. Call after the commit."""
    storage = tree()
    if storage is None:
        return 0
    folder, opened = folder_of(storage, asset.uuid), open_derivatives(asset)
    targets = {TILES if each.name == TILES else each.file_name: storage.path(each.blob.key) for each in opened}
    existing = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    changed = sum(_remove(folder / name) for name in existing - set(targets))
    if targets:
        folder.mkdir(parents=True, exist_ok=True)
    changed += sum((_unpack if name == TILES else _link)(source, folder / name) for name, source in targets.items())
    if not targets:
        with suppress(OSError):
            folder.rmdir()
    return changed


def _remove(path: Path) -> int:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
    return 1


def _unpack(pack: Path, folder: Path) -> int:
    """The tiles of a pack as files at the paths that viewers ask for; beside them a link to the pack says which they are.

    They are written beside the asset's folder, not in it: one that was closed meanwhile must not come back with them.
    """
    mark = folder / f".{TILES}"
    temporary = folder.parent.with_name(f".{uuid.uuid4().hex}")
    try:
        if mark.exists() and mark.samefile(pack):
            return 0
        with zipfile.ZipFile(pack) as entries:
            entries.extractall(temporary)
        os.link(pack, temporary / mark.name)
        shutil.rmtree(folder, ignore_errors=True)
        temporary.rename(folder)
    except OSError:  # the pack or the folder went meanwhile, or another round was quicker: the next one decides again
        shutil.rmtree(temporary, ignore_errors=True)
        return 0
    return 1


def _link(source: Path, target: Path) -> int:
    """Link under another name first: a reader gets the old file or the new one, never none."""
    try:
        if target.exists() and target.samefile(source):
            return 0
        temporary = target.with_name(f".{uuid.uuid4().hex}")
        os.link(source, temporary)
        temporary.replace(target)
    except FileNotFoundError:  # the bytes or the folder went meanwhile: the next round decides again
        return 0
    return 1


def close(asset: Asset) -> None:
    """Remove every link of an asset now, and once more after the commit that closes it."""
    storage = tree()
    if storage is not None:
        remove = partial(shutil.rmtree, folder_of(storage, asset.uuid), ignore_errors=True)
        remove()
        transaction.on_commit(remove)


def refresh_after_commit(asset: Asset) -> None:
    """Call this wherever derivatives are opened or exchanged."""
    if tree() is not None:
        transaction.on_commit(lambda: refresh(asset) and None)


def reconcile(seconds: float = SECONDS_A_ROUND) -> int:
    """One round of the sweeper: remove folders without an asset, then refresh assets, starting where the last round stopped.

    Stops after so many seconds. Returns the number of changed links."""
    storage = tree()
    if storage is None:
        return 0
    changed = _remove_unknown(storage)
    until, last = time.monotonic() + seconds, cache.get(CURSOR, 0)
    for asset in Asset.objects.filter(pk__gt=last).order_by("pk").iterator(chunk_size=200):
        changed += refresh(asset)
        cache.set(CURSOR, asset.pk, None)
        if time.monotonic() > until:
            return changed
    cache.delete(CURSOR)
    return changed


def _remove_unknown(storage: LocalStorage) -> int:
    root = storage.root / PUB
    names = {path.name for path in root.iterdir()} if root.is_dir() else set()
    asset_uuids = {
        str(each) for each in Asset.objects.filter(uuid__in=[name for name in names if _is_uuid(name)]).values_list("uuid", flat=True)
    }
    for name in names - asset_uuids:
        shutil.rmtree(root / name, ignore_errors=True)
    return len(names - asset_uuids)


def _is_uuid(name: str) -> bool:
    try:
        return str(uuid.UUID(name)) == name
    except ValueError:
        return False
