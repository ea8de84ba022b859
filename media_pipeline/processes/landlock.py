"""Landlock, from Linux 5.13: a process keeps the files that it names and gives up all others, for good and for its own children.

It knows nothing of media. Numbers and structures: ``linux/landlock.h``; the levels of the ABI: kernel.org, "Landlock: unprivileged
access control".
"""

import ctypes
import os
import stat
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # system calls; the same numbers on every architecture that we know
VERSION, PATH_BENEATH = 1, 1
PR_SET_NO_NEW_PRIVS = 38

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, REMOVE_DIR, REMOVE_FILE = (1 << bit for bit in range(6))
MAKE_DIR, MAKE_REG = 1 << 7, 1 << 8
TRUNCATE = 1 << 14
READ = READ_FILE | READ_DIR
#: No links, devices, pipes or sockets: whoever opens a result must find a plain file.
WRITE = READ | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | TRUNCATE
RUN = EXECUTE | READ_FILE
OF_A_FILE = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE
#: Level of the ABI → every right to files that it knows; what is known and not given is refused.
FILE_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
TCP, TCP_SINCE = 0b11, 4  # to bind and to connect
OUTSIDE, OUTSIDE_SINCE = 0b11, 6  # abstract sockets of others, signals to others


class _Ruleset(ctypes.Structure):
    _fields_ = [("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _PathRule(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("rights", ctypes.c_uint64), ("folder", ctypes.c_int32)]


@cache
def libc() -> ctypes.CDLL:
    """The C library, with errors kept."""
    return ctypes.CDLL(None, use_errno=True)


@cache
def abi() -> int:
    """The level of this kernel; 0 where Landlock is not built in, is switched off, or this is not Linux."""
    if not sys.platform.startswith("linux"):
        return 0
    return max(0, int(libc().syscall(CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(VERSION))))


def restrict(*, read: Iterable[str], write: Iterable[str], execute: Iterable[str]) -> None:
    """Leave this process these files and folders, each with all below it, and no TCP. Paths that do not exist are left out.

    Raises OSError when the kernel refuses; then nothing is restricted.
    """
    level = abi()
    files = FILE_RIGHTS[max(each for each in FILE_RIGHTS if each <= level)]
    asked = _Ruleset(files, TCP if level >= TCP_SINCE else 0, OUTSIDE if level >= OUTSIDE_SINCE else 0)
    ruleset = _called(CREATE_RULESET, ctypes.byref(asked), ctypes.c_size_t(ctypes.sizeof(asked)), ctypes.c_uint32(0))
    try:
        for paths, rights in ((read, READ), (write, WRITE), (execute, RUN)):
            for path in paths:
                _allow(ruleset, path, rights & files)
        no_new_privileges()
        _called(RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0))
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    with suppress(FileNotFoundError, NotADirectoryError, PermissionError):
        descriptor = os.open(Path(path), os.O_PATH | os.O_CLOEXEC)
        try:
            if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
                rights &= OF_A_FILE
            rule = _PathRule(rights, descriptor)
            _called(ADD_RULE, ctypes.c_int(ruleset), ctypes.c_int(PATH_BENEATH), ctypes.byref(rule), ctypes.c_uint32(0))
        finally:
            os.close(descriptor)


def no_new_privileges() -> None:
    """No program that this process starts gets more rights than it has: set-user-id programs and file capabilities count for nothing."""
    if libc().prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise _error("prctl")


def _called(number: int, *arguments: object) -> int:
    answer = int(libc().syscall(ctypes.c_long(number), *arguments))
    if answer < 0:
        raise _error(f"system call {number}")
    return answer


def _error(what: str) -> OSError:
    number = ctypes.get_errno()
    return OSError(number, f"{what}: {os.strerror(number)}")
