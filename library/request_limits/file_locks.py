"""Locks that hold between the processes of one machine and end with the process: files locked by the system.

Windows has no such locks: there one process serves, and its threads are not limited.
"""

import os
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


class FileLock:
    """A file that is held alone until ``release``, or until the process ends. Every lock opens the file anew: threads count apart."""

    def __init__(self, path: Path, *, wait: bool) -> None:
        """Raises BlockingIOError when somebody else holds the file and ``wait`` is not set."""
        self.file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if fcntl is not None:
                fcntl.flock(self.file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError:
            self.release()
            raise

    def release(self) -> None:
        """Lets others have the file. To repeat it does nothing."""
        if self.file >= 0:
            os.close(self.file)
            self.file = -1
