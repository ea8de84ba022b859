"""Turns: at most so many requests of a kind run at once on this machine, over all its processes. A turn is a locked file."""

import time
from collections.abc import Iterator
from pathlib import Path

from .file_locks import FileLock

LOOK_EVERY = 0.02  # seconds between two looks for a free turn
LONGEST = 60.0  # seconds; an answer that a slow reader still takes away gives its turn to others then


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


class TurnOfStream:
    """The chunks of an answer that is written while it is sent; the turn ends with the last chunk, or when the server closes it."""

    def __init__(self, chunks: Iterator[bytes], turn: FileLock) -> None:
        self.chunks, self.turn = chunks, turn
        self.until = time.monotonic() + LONGEST

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if time.monotonic() > self.until:
            self.turn.release()
        try:
            return next(self.chunks)
        except BaseException:
            self.turn.release()
            raise

    def close(self) -> None:
        """Called by the server, also for a reader who went away."""
        self.turn.release()
