"""Folders of the embedded index: one in use, named by a small file, and perhaps one being built. It knows no search library."""

import os
import shutil
import time
from pathlib import Path

CURRENT = "CURRENT"
BUILDING = "BUILDING"
RESUMED_WITHIN = 24 * 3600  # seconds; an older one may hold what a later release would write otherwise


class Generations:
    """The folder that holds all generations of one index."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def current(self) -> Path | None:
        """The generation in use, or none yet."""
        return self._named(CURRENT)

    def building(self) -> Path | None:
        """The generation being built, or none."""
        return self._named(BUILDING)

    def unfinished(self) -> Path | None:
        """The generation that an interrupted build left behind less than ``RESUMED_WITHIN`` ago, or none."""
        left = self.building()
        return left if left is not None and time.time() - left.stat().st_ctime < RESUMED_WITHIN else None

    def start(self, name: str = BUILDING) -> Path:
        """A new, empty generation; under ``name`` it is written to from now on."""
        self.root.mkdir(parents=True, exist_ok=True)
        folder = self.root / f"{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}-{time.monotonic_ns() % 10**6:06d}"
        folder.mkdir()
        self._point(name, folder.name)
        return folder

    def activate(self, folder: Path) -> None:
        """Put a generation in use, in one step: write, fsync, rename."""
        self._point(CURRENT, folder.name)
        (self.root / BUILDING).unlink(missing_ok=True)

    def abandon(self, folder: Path) -> None:
        """Forget a generation that was being built."""
        (self.root / BUILDING).unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)

    def sweep(self) -> None:
        """Remove generations that are neither in use nor being built. Open files of a removed folder stay readable until closed."""
        in_use = {self.current(), self.building()}
        for folder in self.root.iterdir():
            if folder.is_dir() and folder not in in_use:
                shutil.rmtree(folder, ignore_errors=True)

    def _named(self, pointer: str) -> Path | None:
        try:
            name = (self.root / pointer).read_text().strip()
        except FileNotFoundError:
            return None
        folder = self.root / name
        return folder if name and folder.is_dir() else None

    def _point(self, pointer: str, name: str) -> None:
        fresh = self.root / f"{pointer}.{os.getpid()}.new"
        with fresh.open("w") as file:
            file.write(name)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.root / pointer)
