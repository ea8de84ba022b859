"""The threads that go with one child: one waits for its end, two read what it says. They know no limits."""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import IO

from .spawn import Child, ExitStatus

TERM_SECONDS = 5  # how long something that was asked to end may take


class Reaper(threading.Thread):
    """Waits for one child and keeps its exit status."""

    def __init__(self, child: Child) -> None:
        super().__init__(daemon=True)
        self.child, self.done = child, threading.Event()
        self.ended = ExitStatus(0, 0.0, 0)
        self.start()

    def run(self) -> None:
        self.ended = self.child.wait()
        self.done.set()


class OutputLines:
    """Reads both outputs of a child as they come and keeps the last part of each."""

    KEEP_LINES, LINE_BYTES = 20_000, 65_536

    def __init__(self, child: Child, on_line: Callable[[str], bool] | None) -> None:
        self.last_progress = time.monotonic()
        self.watched = on_line is not None
        self._out: deque[str] = deque(maxlen=self.KEEP_LINES)
        self._err: deque[str] = deque(maxlen=self.KEEP_LINES // 50)
        self._threads = [
            threading.Thread(target=self._read, args=(child.stdout, self._out, on_line), daemon=True),
            threading.Thread(target=self._read, args=(child.stderr, self._err, None), daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def _read(self, pipe: IO[bytes], lines: deque[str], on_line: Callable[[str], bool] | None) -> None:
        with pipe:
            for raw in iter(lambda: pipe.readline(self.LINE_BYTES), b""):
                line = raw.decode("utf-8", "replace")
                lines.append(line)
                if on_line is not None and on_line(line):
                    self.last_progress = time.monotonic()

    def close(self) -> None:
        for thread in self._threads:
            thread.join(TERM_SECONDS)

    @property
    def stdout(self) -> str:
        return "".join(self._out)

    @property
    def stderr(self) -> str:
        return "".join(self._err)
