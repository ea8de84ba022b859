"""Writes the ZIP of an issue: pages are deflated, media are stored as they are, each file's SHA-256 is kept for the manifest."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.timezone import localtime

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
DELTA, DELTA_SIGNATURE = "delta.json", "delta.sig"
OF_THE_ISSUE = {MANIFEST, SIGNATURE, DELTA, DELTA_SIGNATURE}  # which the manifest cannot name
ZIP64_FROM = 2**31 - 1
Facts = dict[str, dict[str, Any]]  # path → sha256 and size
Sign = Callable[[bytes], str]


class DamagedFileError(Exception):
    """A file in the storage is gone, or no longer has the bytes that its row tells of."""


class Archive:
    """The file that is being written. All lies in one ``folder``, so that unpacking strews nothing over a card."""

    def __init__(self, path: Path, folder: str, when: datetime) -> None:
        self.folder, self.files = folder, Facts()
        self._moment = localtime(when).timetuple()[:6]
        self._zip = zipfile.ZipFile(path, "w")

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *exc: object) -> None:
        self._zip.close()

    def add(self, path: str, content: str | bytes) -> None:
        """A page, a style, data: deflated."""
        content = content.encode() if isinstance(content, str) else content
        self._zip.writestr(self._entry(path, zipfile.ZIP_DEFLATED), content)
        if path not in OF_THE_ISSUE:
            self.files[path] = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}

    def add_stored(self, path: str, chunks: Iterable[bytes], sha256: str, size: int) -> None:
        """A medium, which is packed already: streamed as it is. A second time is nothing. Raises DamagedFileError."""
        if path in self.files:
            return
        digest = hashlib.sha256()
        with ExitStack() as stack:
            target = stack.enter_context(self._zip.open(self._entry(path, zipfile.ZIP_STORED), "w", force_zip64=size > ZIP64_FROM))
            for chunk in chunks:
                digest.update(chunk)
                target.write(chunk)
        if digest.hexdigest() != sha256:
            raise DamagedFileError(path)
        self.files[path] = {"sha256": sha256, "size": size}

    def add_signed(self, name: str, signature: str, content: dict[str, Any], sign: Sign) -> None:
        """A JSON file, and the signature of its bytes beside it."""
        written = json.dumps(content, ensure_ascii=False, indent=1).encode()
        self.add(name, written)
        self.add(signature, sign(written))

    def copy(self, source: zipfile.ZipFile, path: str) -> None:
        """A file of another archive of the same folder."""
        info = source.getinfo(f"{self.folder}/{path}")
        entry = self._entry(path, info.compress_type)
        with source.open(info) as reading, self._zip.open(entry, "w", force_zip64=info.file_size > ZIP64_FROM) as writing:
            while chunk := reading.read(256 * 1024):
                writing.write(chunk)

    def _entry(self, path: str, compression: int) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(f"{self.folder}/{path}", self._moment)  # type: ignore[arg-type]
        entry.compress_type = compression
        entry.external_attr = 0o644 << 16
        return entry
