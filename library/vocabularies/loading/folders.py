"""Remembers by a digest which files of a folder were loaded last."""

from hashlib import sha256
from pathlib import Path

from ..models import LoadedFolder


def digest(folder: Path) -> str:
    """One hash over the names and bytes of all files below the folder."""
    total = sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        total.update(f"{path.relative_to(folder)}\0{sha256(path.read_bytes()).hexdigest()}\0".encode())
    return total.hexdigest()


def is_loaded(name: str, folder: Path) -> bool:
    """Whether the last load with that name read exactly these files."""
    return LoadedFolder.objects.filter(name=name, digest=digest(folder)).exists()


def remember(name: str, folder: Path) -> None:
    """Stores the digest of the loaded files; called in the transaction of the load."""
    LoadedFolder.objects.update_or_create(name=name, defaults={"digest": digest(folder)})
