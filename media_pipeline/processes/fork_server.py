"""``python -m media_pipeline.processes.fork_server FD``: forks a child for every request over the socket, until the socket closes.

A request is one message with four descriptors: a file with the JSON of ``spawn.ChildRequest``, of any length; a pipe for the child's
process number (four bytes) and at last for how it ended; the child's standard output; its standard error. One thread, and nothing from
outside is opened here: what a child does cannot touch the server or another child. The child reads its own request, so one that
cannot be read fails alone.
"""

import contextlib
import gc
import importlib
import json
import os
import selectors
import signal
import socket
import sys
from typing import NoReturn

from media_pipeline.processes.children import opening, picture, probe_picture
from media_pipeline.processes.launch import become

DESCRIPTORS = 4  # of a request
LOADED = [picture, probe_picture]  # what most children need; a child loads the rest itself
SLOW_TO_LOAD = {"HEIF"}


def main() -> None:
    """Serve until the last client is gone."""
    server = socket.socket(fileno=int(sys.argv[1]))
    for kind in opening.PLUGINS.keys() - SLOW_TO_LOAD:
        opening.load(kind)
    with contextlib.suppress(ImportError, OSError):  # no pyvips, or no libvips for it
        importlib.import_module("pyvips")
    gc.collect()
    gc.freeze()  # a collection in a child would copy every page that is shared now
    reports: dict[int, int] = {}
    woken, wake = os.pipe()
    os.set_blocking(woken, False)
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_args: None)
    with selectors.DefaultSelector() as selector:
        selector.register(server, selectors.EVENT_READ)
        selector.register(woken, selectors.EVENT_READ)
        while True:
            ready = {key.fd for key, _events in selector.select()}
            if woken in ready:
                os.read(woken, 4096)
                reap(reports)
            if server.fileno() in ready:
                message, descriptors, _flags, _address = socket.recv_fds(server, 1, DESCRIPTORS)
                if not message:
                    return
                start(descriptors, reports)


def start(descriptors: list[int], reports: dict[int, int]) -> None:
    """Fork; the child never comes back from here. A message without all its descriptors is no request."""
    if len(descriptors) != DESCRIPTORS:
        for descriptor in descriptors:
            os.close(descriptor)
        return
    request, report, stdout, stderr = descriptors
    server = os.getpid()
    child = os.fork()
    if not child:
        work(request, stdout, stderr, server)
    for descriptor in (request, stdout, stderr):
        os.close(descriptor)
    reports[child] = report
    os.write(report, child.to_bytes(4, "big"))


def work(request: int, stdout: int, stderr: int, server: int) -> NoReturn:
    """Do for this child what the launcher does: an own session, then ``become``. Whatever happens, it is no second server.

    ``request``: the descriptor of the file, which may be at its end.
    """
    code = 1
    try:
        os.setsid()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(stdout, 1)
        os.dup2(stderr, 2)
        with open(request, "rb") as file:
            file.seek(0)
            content = json.load(file)
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))
        code = become(content, server)
    finally:
        if sys.exc_info()[0]:
            sys.excepthook(*sys.exc_info())
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def reap(reports: dict[int, int]) -> None:
    """Report every child that has ended: exit code (negative for a signal), CPU seconds, peak bytes."""
    while True:
        try:
            child, status, used = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not child:
            return
        ended = [os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss * 1024]
        report = reports.pop(child)
        with contextlib.suppress(BrokenPipeError):  # the client is gone
            os.write(report, json.dumps(ended).encode() + b"\n")
        os.close(report)


if __name__ == "__main__":
    main()
