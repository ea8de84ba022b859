"""Goes through all originals in 256 parts, by the first two digits of their hash: one listing a part, and little in memory."""

from collections.abc import Iterator

from media_pipeline.models import Blob
from media_pipeline.models.blobs import ByteState
from media_pipeline.storage.base import ORIGINALS, Storage

PARTS = [f"{number:02x}" for number in range(256)]


def parts(storage: Storage) -> Iterator[tuple[list[Blob], dict[str, int]]]:
    """For each part: the originals that the library names now, and what the storage holds: sizes in bytes by key."""
    for part in PARTS:
        stored = {stat.key: stat.size for stat in storage.walk(f"{ORIGINALS}{part}/")}
        yield _named(part), stored


def _named(part: str) -> list[Blob]:
    """Originals whose hash begins so. A range, since that is what every database reads from its index."""
    blobs = Blob.objects.filter(area=Blob.Area.ORIGINAL, sha256__gte=part).exclude(state=ByteState.ERASED)
    if part != PARTS[-1]:
        blobs = blobs.filter(sha256__lt=PARTS[PARTS.index(part) + 1])
    return list(blobs.only("key", "sha256", "size", "mime").order_by("sha256"))
