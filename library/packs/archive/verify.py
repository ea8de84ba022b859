"""Whether a pack is whole, and is the library's: the signature, then every file against the manifest. For ``manage.py verify_pack``."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from .writing import DELTA, DELTA_SIGNATURE, MANIFEST, OF_THE_ISSUE, SIGNATURE

IsSigned = Callable[[bytes, str], bool]
MOST_BYTES = 64 * 1024 * 1024  # of a manifest: more is none of ours


def faults_of(path: Path, is_signed: IsSigned) -> list[str]:
    """What is wrong with a pack or with a delta, a sentence each; empty for a good one."""
    try:
        with zipfile.ZipFile(path) as archive:
            return list(_faults(archive, is_signed))
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        return [_("Không đọc được tệp: %(error)s") % {"error": error}]


def _faults(archive: zipfile.ZipFile, is_signed: IsSigned) -> Iterator[str]:
    names = archive.namelist()
    folder = names[0].partition("/")[0] if names else ""
    manifest = _signed_json(archive, folder, MANIFEST, SIGNATURE, is_signed)
    if manifest is None:
        yield _("Bản kê không mang chữ ký của thư viện.")
        return
    inside = {name.removeprefix(f"{folder}/") for name in names}
    told = manifest["files"]
    if DELTA not in inside:
        yield from (_("Thiếu tệp %(path)s.") % {"path": path} for path in sorted(told.keys() - inside))
    elif _signed_json(archive, folder, DELTA, DELTA_SIGNATURE, is_signed) is None:
        yield _("Danh sách phần mới không mang chữ ký của thư viện.")
    for path in sorted(inside - OF_THE_ISSUE):
        if path not in told:
            yield _("Tệp lạ: %(path)s.") % {"path": path}
        elif _sha256(archive, f"{folder}/{path}") != told[path]["sha256"]:
            yield _("Tệp đã bị sửa: %(path)s.") % {"path": path}


def _signed_json(archive: zipfile.ZipFile, folder: str, name: str, signature: str, is_signed: IsSigned) -> dict | None:
    """The content of a JSON file whose signature holds."""
    try:
        info, seal = archive.getinfo(f"{folder}/{name}"), archive.getinfo(f"{folder}/{signature}")
    except KeyError:
        return None
    if info.file_size > MOST_BYTES or seal.file_size > MOST_BYTES:
        return None
    content = archive.read(info)
    return json.loads(content) if is_signed(content, archive.read(seal).decode("ascii", "replace")) else None


def _sha256(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as file:
        while chunk := file.read(256 * 1024):
            digest.update(chunk)
    return digest.hexdigest()
