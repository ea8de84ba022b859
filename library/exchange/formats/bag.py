"""A bag (BagIt, RFC 8493): the records, the originals that the person may read, and a checksum of each. It can be imported again.

Written as one archive, from one record to the next: an original goes from the storage into the archive and is never held whole.
"""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from ..sheets.archives import BAG
from ..sheets.limits import ARCHIVE_BYTES, BAG_ENTRIES
from .format import Lines, OpenBytes
from .json_lines import line_of

RECORDS = "data/records.jsonl"
ORIGINALS = "data/originals/"
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
INFO, MANIFEST, TAG_MANIFEST = "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"

OWN_ENTRIES = 5  # the records and the four files about the bag


class DamagedOriginalError(Exception):
    """An original in the storage has other bytes than when it came: no bag may say that it is whole."""


class TooLargeBagError(Exception):
    """The bag would hold more than an import takes back."""


def write_bag(target: Path, lines: Lines, open_bytes: OpenBytes) -> None:
    """The whole bag in one archive.

    Raises TooLargeBagError, DamagedOriginalError, and FileNotFoundError for an original that is lost.
    """
    part = target.with_suffix(".part")
    digest, size = hashlib.sha256(), 0
    packed: dict[str, str] = {}
    with ZipFile(target, "w", ZIP_STORED) as archive, part.open("wb") as records:
        for entry in lines:
            line = line_of(entry)
            digest.update(line)
            size += records.write(line)
            for original in entry["originals"]:
                name = original["name"]
                if name not in packed:
                    packed[name] = original["sha256"]
                    size += _pack(archive, name, original["sha256"], open_bytes(original["key"]))
                if size > ARCHIVE_BYTES or len(packed) + OWN_ENTRIES > BAG_ENTRIES:
                    raise TooLargeBagError
        records.close()
        archive.write(part, RECORDS, ZIP_DEFLATED)
        _finish(archive, packed | {RECORDS: digest.hexdigest()}, size)
    part.unlink()


def _pack(archive: ZipFile, name: str, sha256: str, chunks: Iterable[bytes]) -> int:
    digest, size = hashlib.sha256(), 0
    with archive.open(ZipInfo(name, datetime.now(UTC).timetuple()[:6]), "w", force_zip64=True) as entry:
        for chunk in chunks:
            digest.update(chunk)
            size += entry.write(chunk)
    if digest.hexdigest() != sha256:
        raise DamagedOriginalError(name)
    return size


def _finish(archive: ZipFile, checksums: dict[str, str], size: int) -> None:
    today = datetime.now(UTC).date().isoformat()
    tags = {
        BAG: DECLARATION,
        INFO: f"Bagging-Date: {today}\nPayload-Oxum: {size}.{len(checksums)}\n".encode(),
        MANIFEST: _manifest(checksums),
    }
    tags[TAG_MANIFEST] = _manifest({name: hashlib.sha256(content).hexdigest() for name, content in tags.items()})
    for name, content in tags.items():
        archive.writestr(name, content)


def _manifest(checksums: dict[str, str]) -> bytes:
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(checksums.items())).encode()
