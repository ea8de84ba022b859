"""Reads deep-zoom tiles out of their pack, by byte ranges, wherever it is stored; and describes them as IIIF Image 3, level 0."""

import io
import zipfile
from typing import Any

from django.core.cache import cache

from ..derivative_names import TILES
from ..models import Asset, Derivative
from ..processes.children.scales import scale_factors
from ..storage import main_storage
from ..storage.base import Storage

SIDE = 512
INDEX_SECONDS = 3600


class _Ranged(io.RawIOBase):
    """A stored object as a seekable file: only what is read is fetched."""

    def __init__(self, storage: Storage, key: str, size: int) -> None:
        self._storage, self._key, self._size, self._at = storage, key, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence] + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any) -> int:
        end = min(self._size, self._at + len(buffer))
        data = b"".join(self._storage.stream(self._key, self._at, end)) if end > self._at else b""
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


def pack_of(asset: Asset) -> Derivative | None:
    """The tile pack of an asset, or None when it has none."""
    return asset.derivatives.select_related("blob").filter(name=TILES, state=Derivative.State.CURRENT).first()


def place_of(pack: Derivative, path: str) -> tuple[int, int] | None:
    """Where a tile's bytes lie in the pack (from, to), by its path region/size/0/default.jpg; None when there is no such tile."""
    place: tuple[int, int] | None = _index(pack).get(path)
    return place


def _index(pack: Derivative) -> dict[str, tuple[int, int]]:
    """Path → bytes of every tile. Entries are stored, so that each is a range of the pack."""
    key = f"media-tiles:{pack.blob.sha256}"
    index: dict[str, tuple[int, int]] | None = cache.get(key)
    if index is None:
        index = _read_index(pack)
        cache.set(key, index, INDEX_SECONDS)
    return index


def _read_index(pack: Derivative) -> dict[str, tuple[int, int]]:
    """The list at the end of the pack. Raises FileNotFoundError for bytes that are no pack: fixity will find them damaged."""
    file = io.BufferedReader(_Ranged(main_storage(), pack.blob.key, pack.size_bytes), 64 * 1024)
    try:
        with zipfile.ZipFile(file) as entries:
            # local headers of our own packs hold 30 bytes and the name, nothing else
            return {
                entry.filename: (start := entry.header_offset + 30 + len(entry.filename), start + entry.file_size)
                for entry in entries.infolist()
            }
    except zipfile.BadZipFile as error:
        raise FileNotFoundError(f"{pack.blob.key} is no pack of tiles") from error


def describe(pack: Derivative, address: str) -> dict[str, Any]:
    """The info.json of IIIF Image API 3.0 for a pack served at an address."""
    width, height = pack.width or 1, pack.height or 1
    factors = scale_factors(width, height, SIDE)
    whole = -(-width // factors[-1]), -(-height // factors[-1])
    return {
        "@context": "http://iiif.io/api/image/3/context.json",
        "id": address,
        "type": "ImageService3",
        "protocol": "http://iiif.io/api/image",
        "profile": "level0",
        "width": width,
        "height": height,
        "maxWidth": whole[0],
        "maxHeight": whole[1],
        "sizes": [{"width": whole[0], "height": whole[1]}],
        "tiles": [{"width": SIDE, "height": SIDE, "scaleFactors": factors}],
    }
