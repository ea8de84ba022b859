"""Packs the pictures and documents of editorial pages for a backup, while people go on working with them."""

import os
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path


def pack(source: Path, path: Path, report: Callable[[str], object]) -> list[str]:
    """Write everything below ``source`` into a tar at ``path``. Returns what could not be read.

    What is deleted meanwhile is only reported: nobody wants it any more.
    """
    problems: list[str] = []

    def left_out(part: str, error: OSError) -> None:
        if isinstance(error, FileNotFoundError):
            report(f"editorial: {part}: deleted meanwhile")
        else:
            problems.append(f"editorial: {part}: {error.strerror}")
            report(problems[-1])

    with tarfile.open(path, "w") as tar:
        for part in _parts(source, lambda error: left_out(os.path.relpath(error.filename, source), error)):
            try:
                tar.add(source / part, arcname=f"./{part}", recursive=False)
            except (FileNotFoundError, PermissionError) as error:
                left_out(part, error)
    return problems


def _parts(source: Path, unreadable: Callable[[OSError], None]) -> Iterator[str]:
    """All folders and files below a folder, relative to it, a folder before what lies in it."""
    for folder, folders, files in os.walk(source, onerror=unreadable):
        folders.sort()
        for name in sorted([*folders, *files]):
            yield os.path.relpath(Path(folder, name), source)
