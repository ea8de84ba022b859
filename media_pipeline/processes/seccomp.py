"""A filter of system calls (seccomp): no socket, no look into other processes, no signal to them, no process of its own.

It knows nothing of media. It refuses what no decoder needs and lets everything else pass; a refused call fails with EPERM.
Numbers: ``asm/unistd_64.h`` (x86-64) and ``asm-generic/unistd.h`` (arm64).
"""

import ctypes
import errno
import os
import platform
import struct
import sys
from dataclasses import dataclass
from functools import cache

from .landlock import libc, no_new_privileges

SET_MODE_FILTER, GET_ACTION_AVAIL = 1, 2
SPEC_ALLOW = 4  # without it older kernels slow down everything that the process computes
ALLOW, ERROR = 0x7FFF0000, 0x00050000
CLONE_THREAD = 0x00010000
X32 = 0x40000000  # on x86-64: numbers of a second calling convention
#: Where a filter reads: number of the call, architecture, lower half of the first argument (both architectures are little-endian).
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06

#: Call → its number on x86-64 and on arm64; None: not there.
REFUSED: dict[str, tuple[int | None, int | None]] = {
    # the network; io_uring opens sockets too
    "socket": (41, 198),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    # other processes
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "kcmp": (312, 272),
    "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424),
    "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    # new processes; threads are allowed, see _program
    "fork": (57, None),
    "vfork": (58, None),
    # memory and queues that all processes share
    "shmget": (29, 194),
    "shmat": (30, 196),
    "semget": (64, 190),
    "msgget": (68, 186),
    "mq_open": (240, 180),
    "mq_unlink": (241, 181),
    # owner, rights and times of files: Landlock does not look after them
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, None),
    "fchown": (93, 55),
    "lchown": (94, None),
    "fchownat": (260, 54),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "setxattrat": (463, 463),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "removexattrat": (466, 466),
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "utimensat": (280, 88),
    "truncate": (76, 45),
    # the system itself
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "open_by_handle_at": (304, 265),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "acct": (163, 89),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "iopl": (172, None),
    "ioperm": (173, None),
    "syslog": (103, 116),
}


@dataclass(frozen=True, slots=True)
class _Architecture:
    """``column`` of the table above; ``audit`` is the kernel's own name; then the calls that are allowed in part."""

    column: int
    audit: int
    seccomp: int
    clone: int
    kill: int
    tgkill: int
    prlimit: int


CLONE3 = 435
ARCHITECTURES = {
    "x86_64": _Architecture(0, 0xC000003E, seccomp=317, clone=56, kill=62, tgkill=234, prlimit=302),
    "aarch64": _Architecture(1, 0xC00000B7, seccomp=277, clone=220, kill=129, tgkill=131, prlimit=261),
}


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def _architecture() -> _Architecture | None:
    """None for a machine whose numbers we do not have, or a 32-bit Python on it."""
    return ARCHITECTURES.get(platform.machine()) if sys.maxsize > 2**32 else None


@cache
def available() -> bool:
    """Whether this kernel has filters and we have the numbers of this machine."""
    here = _architecture()
    if not sys.platform.startswith("linux") or here is None:
        return False
    action = ctypes.c_uint32(ERROR)
    return int(libc().syscall(ctypes.c_long(here.seccomp), ctypes.c_uint(GET_ACTION_AVAIL), ctypes.c_uint(0), ctypes.byref(action))) == 0


def restrict() -> None:
    """Refuse those calls to this process and to the program that it becomes. Raises OSError when the kernel refuses."""
    here = _architecture()
    if here is None:
        raise OSError(errno.ENOSYS, "no numbers of system calls for this machine")
    code = _program(here, os.getpid())
    program = _Program(len(code) // 8, code)
    no_new_privileges()
    if libc().syscall(ctypes.c_long(here.seccomp), ctypes.c_uint(SET_MODE_FILTER), ctypes.c_uint(SPEC_ALLOW), ctypes.byref(program)):
        number = ctypes.get_errno()
        raise OSError(number, f"seccomp: {os.strerror(number)}")


def _program(here: _Architecture, pid: int) -> bytes:
    """The filter: other architectures and the table are refused; signals and limits only to itself; clone only for threads."""
    refused = _step(RETURN, ERROR | errno.EPERM)
    allowed = _step(RETURN, ALLOW)
    code = [_step(LOAD, ARCHITECTURE), _step(EQUAL, here.audit, if_not=0, if_so=1), refused, _step(LOAD, NUMBER)]
    if here.column == 0:
        code += [_step(AT_LEAST, X32, if_not=1), refused]
    for numbers in REFUSED.values():
        number = numbers[here.column]
        if number is not None:
            code += [_step(EQUAL, number, if_not=1), refused]
    code += [_step(EQUAL, CLONE3, if_not=1), _step(RETURN, ERROR | errno.ENOSYS)]  # its flags lie in memory; libraries then use clone
    code += _first_argument(here.clone, [_step(ANY_BIT, CLONE_THREAD, if_not=1), allowed, refused])
    for number in (here.kill, here.tgkill):
        code += _first_argument(number, [_step(EQUAL, pid, if_not=1), allowed, refused])
    code += _first_argument(here.prlimit, [_step(EQUAL, 0, if_so=1), _step(EQUAL, pid, if_not=1), allowed, refused])
    return b"".join([*code, allowed])


def _first_argument(number: int, steps: list[bytes]) -> list[bytes]:
    """Those steps on the first argument of one call; each of them ends in an answer."""
    return [_step(EQUAL, number, if_not=len(steps) + 1), _step(LOAD, FIRST_ARGUMENT), *steps]


def _step(operation: int, value: int, *, if_so: int = 0, if_not: int = 0) -> bytes:
    """One instruction: operation, how many to leave out if so and if not, value."""
    return struct.pack("<HBBI", operation, if_so, if_not, value)
