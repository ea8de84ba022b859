"""The tiny launcher: sets limits on itself, makes sure to die with its parent, and becomes the program it was asked to start.

Run as ``python -I -S launch.py '{"memory": …}' parent-pid program args…``. It imports nothing of the project; setting limits
here and not in ``preexec_fn`` keeps them safe in a process that has threads.
"""

import json
import os
import sys

PR_SET_PDEATHSIG = 1
SIGKILL = 9


def main() -> None:
    """Limit, bind to the parent, exec."""
    limits, parent, command = json.loads(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    set_limits(limits)
    die_with(parent)
    os.execv(command[0], command)


def set_limits(limits: dict[str, int]) -> None:
    """Of this process: memory and file in bytes, cpu in seconds; no core dumps."""
    try:
        import resource
    except ImportError:  # Windows: only the limits of the parent's clock hold; manage.py check says so
        return
    kinds = {"memory": resource.RLIMIT_AS, "cpu": resource.RLIMIT_CPU, "file": resource.RLIMIT_FSIZE}
    for name, value in limits.items():
        hard = value + 5 if name == "cpu" else value
        resource.setrlimit(kinds[name], (value, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def die_with(parent: int) -> None:
    """Linux kills the child when its parent goes; a parent that went before this call is noticed by its number."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(1)


if __name__ == "__main__":
    main()
