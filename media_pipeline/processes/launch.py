"""What a child does before its work: it binds itself to its parent, confines and limits itself. Then it is the program or our own code.

The fork server does this in each child that it forks. Where nothing can be forked, ``python -m media_pipeline.processes.launch PARENT``
does the same in a new Python, with the request as its input. Setting limits here and not in ``preexec_fn`` keeps them safe in a parent
with threads.
"""

import json
import os
import signal
import sys
from typing import Any

from .access import Access
from .children import __main__ as children
from .confinement import confine
from .landlock import libc

PR_SET_PDEATHSIG = 1
SIGKILL = 9
NOT_STARTED = 120  # the exit code of a child that could not be confined or is not there; no program of ours ends with it
NO_PARENT = 0  # in a namespace of its own a process has no parent that it knows


def main() -> int:
    """Become what the request asks for, without input from here on; see ``become``."""
    request = json.load(sys.stdin)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    return become(request, int(sys.argv[1]))


def become(request: dict[str, Any], parent: int) -> int:
    """Work as a child. Returns the exit code of our own code; a program never returns.

    A request has ``folder``, ``limits`` and ``access``; and ``command``, a program with its arguments, or ``arguments`` for our own code.
    """
    try:
        _prepare(request, parent)
        if command := request.get("command"):
            os.execve(command[0], command, os.environ)
    except OSError as error:
        sys.stderr.write(f"not started: {error}\n")
        return NOT_STARTED
    sys.argv[1:] = request["arguments"]
    return children.main()


def _prepare(request: dict[str, Any], parent: int) -> None:
    die_with(parent)
    os.chdir(request["folder"])
    os.environ.update(HOME=request["folder"], TMPDIR=request["folder"])
    for name in ("SIGPIPE", "SIGXFSZ"):  # Python ignores both; a file that grows too large must end its child
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    confine(Access.from_json(request["access"]) if request["access"] else None)
    set_limits(request["limits"])


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
    if not sys.platform.startswith("linux") or parent == NO_PARENT:
        return
    libc().prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(NOT_STARTED)


if __name__ == "__main__":
    sys.exit(main())
