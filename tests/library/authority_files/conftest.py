"""A small copy of the authority files: all of them, with twenty communes and their former units. Nothing is loaded beforehand."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

COMMUNES = 20


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small copy."""
    copy = Path(shutil.copytree(settings.COLLECTIONS_DIR / "vocabularies", tmp_path / "vocabularies"))
    header, *communes = _lines(copy / "communes_2025.csv")
    _write(copy / "communes_2025.csv", [header, *communes[:COMMUNES]])
    codes = {line.split(b",")[0] for line in communes[:COMMUNES]}
    header, *changes = _lines(copy / "commune_changes_2025.csv")
    _write(copy / "commune_changes_2025.csv", [header, *(line for line in changes if set(line.split(b",")[5:6]) & codes)])
    return copy


@pytest.fixture
def rewrite(folder: Path) -> Callable[[str, str, str], None]:
    """Replace one text in one file of the copy; the text must be there."""

    def replace(file: str, old: str, new: str) -> None:
        content = (folder / file).read_bytes()
        assert old.encode() in content
        (folder / file).write_bytes(content.replace(old.encode(), new.encode(), 1))

    return replace


def _lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


def _write(path: Path, lines: list[bytes]) -> None:
    path.write_bytes(b"".join(lines))
