"""bubblewrap (``bwrap``): a view of the file system that holds only what a child may open, without a network. Where there is no Landlock.

It knows nothing of media. It costs some milliseconds more a child than Landlock.
"""

import shutil
import subprocess
from functools import cache
from pathlib import Path

from .access import Access

NAME = "bubblewrap"
ALONE = ["--unshare-all", "--die-with-parent", "--cap-drop", "ALL", "--dev", "/dev", "--tmpfs", "/tmp"]  # noqa: S108  (an empty one of the child's own)
DEVICES = "/dev/"  # of its own
TRY_SECONDS = 20


@cache
def works() -> bool:
    """Whether it is installed and may make its namespaces here: tried, since many systems forbid that."""
    try:
        tried = subprocess.run(
            command(Access(("/",), ()), Path("/"), ["/bin/true"]),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TRY_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return tried.returncode == 0


def command(access: Access, folder: Path, inner: list[str]) -> list[str]:
    """``inner`` in such a view, started in the folder. What is to be read and does not exist is left out."""
    program = shutil.which("bwrap") or "bwrap"
    mounts: list[str] = []
    for option, paths in (("--ro-bind-try", (*access.read, *access.execute)), ("--bind-try", access.write)):
        for path in sorted({each for each in paths if not each.startswith(DEVICES)}):  # a folder before what lies in it
            mounts += [option, path, path]
    return [program, *ALONE, *mounts, "--chdir", str(folder), "--", *inner]
