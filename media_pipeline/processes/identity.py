"""Recognises a process by its number and start time: the number alone may belong to another process by now."""

import os
import signal
from contextlib import suppress
from pathlib import Path


def started(pid: int) -> str:
    """When the process started, in ticks since boot; empty when it is gone, a zombie, or the system does not tell."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if after_name[0] == "Z" else after_name[19]


def kill_group(pid: int, started_then: str) -> bool:
    """Kill the process and its group if it is still the same one; True if it was."""
    if not started_then or started(pid) != started_then:
        return False
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    return True
