"""Whether the files of a folder are those that were loaded last."""

from hashlib import sha256
from pathlib import Path

from ..models import LoadedFolder


def digest(folder: Path) -> str:
    """One name for all names and bytes below the folder."""
    total = sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        total.update(f"{path.relative_to(folder)}\0{sha256(path.read_bytes()).hexdigest()}\0".encode())
    return total.hexdigest()


def is_loaded(name: str, folder: Path) -> bool:
    """Whether the last load of that name read these very files."""
    return LoadedFolder.objects.filter(name=name, digest=digest(folder)).exists()


def remember(name: str, folder: Path) -> None:
    """Note what has just been loaded; called in the transaction of the load."""
    LoadedFolder.objects.update_or_create(name=name, defaults={"digest": digest(folder)})
