"""What is new in an issue since the one before: the ZIP that an owner of the older one unpacks over it."""

import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from .writing import DELTA, DELTA_SIGNATURE, MANIFEST, SIGNATURE, Archive, Facts, Sign

CHANGES_EVERY_TIME = {"index.html", "data/pack.js"}  # these tell the number of the issue


def changed_paths(before: Facts, now: Facts) -> list[str]:
    """The files that are new, or have other bytes than before."""
    return [path for path, facts in now.items() if path not in before or before[path]["sha256"] != facts["sha256"]]


def is_unchanged(before: Facts, now: Facts) -> bool:
    """Whether nothing differs but what tells the number."""
    return before.keys() == now.keys() and set(changed_paths(before, now)) <= CHANGES_EVERY_TIME


def write_delta(whole: Path, target: Path, previous: dict[str, Any], manifest: dict[str, Any], when: datetime, sign: Sign) -> None:
    """Writes it from the whole file. ``delta.json`` says from which number to which, and which files are to be deleted."""
    removed = sorted(previous["files"].keys() - manifest["files"].keys())
    told = {"folder": manifest["folder"], "from": previous["number"], "to": manifest["number"], "removed": removed}
    with zipfile.ZipFile(whole) as source, Archive(target, manifest["folder"], when) as archive:
        for path in [*changed_paths(previous["files"], manifest["files"]), MANIFEST, SIGNATURE]:
            archive.copy(source, path)
        archive.add_signed(DELTA, DELTA_SIGNATURE, told, sign)
