"""Turns: at most so many requests of a kind run at once on this machine, over all its processes. A turn is a locked file."""

import time
from pathlib import Path

from .file_locks import FileLock

LOOK_EVERY = 0.02  # seconds between two looks for a free turn


def take_turn(folder: Path, name: str, at_once: int, wait: float) -> FileLock | None:
    """A turn, to be released after the request; None when all are taken for ``wait`` seconds."""
    folder.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + wait
    while True:
        for number in range(at_once):
            try:
                return FileLock(folder / f"{name}.{number}", wait=False)
            except BlockingIOError:
                continue
        if time.monotonic() >= until:
            return None
        time.sleep(LOOK_EVERY)
