"""A small copy of the authority files: all of them, with twenty communes and their former units. Nothing is loaded beforehand."""

import shutil
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


def _lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


def _write(path: Path, lines: list[bytes]) -> None:
    path.write_bytes(b"".join(lines))
