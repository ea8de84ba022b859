"""Holds a child to what it may open, by the best means of this machine: Landlock, else bubblewrap; a filter of calls for the network.

Everything that ``Access`` does not name is refused: other files, the network, other processes and their memory.
"""

import ctypes
import os
import sys
from functools import cache

from . import bubblewrap, landlock, seccomp
from .access import Access

CLONE_NEWNET, CLONE_NEWUSER = 0x40000000, 0x10000000


@cache
def file_protection() -> str:
    """What keeps children from other files on this machine: "Landlock 7", "bubblewrap", or nothing."""
    if level := landlock.abi():
        return f"Landlock {level}"
    return bubblewrap.NAME if bubblewrap.works() else ""


@cache
def network_protection() -> str:
    """What keeps children from the network: "seccomp", "Landlock", "bubblewrap", "network namespace", or nothing."""
    if seccomp.available():
        return "seccomp"
    if landlock.abi() >= landlock.TCP_SINCE:
        return "Landlock"
    if file_protection() == bubblewrap.NAME:
        return bubblewrap.NAME
    return "network namespace" if _can_leave_the_network() else ""


def confine(access: Access | None) -> None:
    """Hold this process to it, and the program that it becomes; None: its files are what bubblewrap shows.

    There is no way back. Raises OSError when the kernel refuses.
    """
    if not sys.platform.startswith("linux"):
        return
    _drop_capabilities()
    if access and landlock.abi():
        landlock.restrict(read=access.read, write=access.write, execute=access.execute)
    if seccomp.available():
        seccomp.restrict()
    elif not leave_the_network():
        landlock.no_new_privileges()


def leave_the_network() -> bool:
    """Go into a network of its own without any device, where people may make one; False where they may not."""
    return bool(landlock.libc().unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0)


def _can_leave_the_network() -> bool:
    """Tried in a process that ends at once."""
    if not sys.platform.startswith("linux"):
        return False
    child = os.fork()
    if not child:
        os._exit(0 if leave_the_network() else 1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


class _CapabilityHeader(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


CAPABILITY_VERSION_3 = 0x20080522


def _drop_capabilities() -> None:
    """A child of root's is no longer root where rights to files are asked; for everybody else this changes nothing."""
    header, none = _CapabilityHeader(CAPABILITY_VERSION_3, 0), (ctypes.c_uint32 * 6)()
    landlock.libc().capset(ctypes.byref(header), ctypes.byref(none))
