"""What a child may open: its source and the system's libraries, fonts and models to read, its folder to write, itself to run.

Paths only; ``confinement`` holds the child to them. It imports nothing heavy: every child loads it.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parent.parent
#: Libraries, fonts, models and the little that a program looks up before it begins. No folder where people keep settings.
SYSTEM = [
    *("/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/libexec", "/usr/share", "/usr/local/lib", "/usr/local/share"),
    *("/lib", "/lib32", "/lib64", "/nix/store", "/gnu/store", "/var/cache/fontconfig"),
    *("/etc/ld.so.cache", "/etc/ld.so.preload", "/etc/alternatives", "/etc/fonts", "/etc/localtime", "/etc/ssl/openssl.cnf"),
    *("/dev/null", "/dev/zero", "/dev/urandom", "/sys/devices/system/cpu", "/sys/kernel/mm/transparent_hugepage"),
]
LOADERS = ("/lib", "/lib64", "/usr/lib", "/usr/lib64")  # where the loader of libraries lies; every program needs it
SCRIPT = b"#!"


@dataclass(frozen=True, slots=True)
class Access:
    """Files and folders, each with everything below it. ``write`` includes reading; what does not exist is left out."""

    read: tuple[str, ...]
    write: tuple[str, ...]
    execute: tuple[str, ...] = ()

    def as_json(self) -> dict[str, list[str]]:
        """For a request to the fork server or the launcher."""
        return {"read": list(self.read), "write": list(self.write), "execute": list(self.execute)}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Access":
        """The value that ``as_json`` wrote."""
        return cls(tuple(stored["read"]), tuple(stored["write"]), tuple(stored["execute"]))


def for_python(folder: Path, sources: Iterable[Path]) -> Access:
    """For our own code: this package and Python's libraries, the sources, its folder. It may start no program."""
    return Access((*SYSTEM, *python_paths(), *map(str, sources)), (str(folder), "/dev/null"))


def for_program(program: str, folder: Path, sources: Iterable[Path]) -> Access:
    """For a program: itself and what is installed with it, the sources, its folder. It may start no other program."""
    real = Path(program).resolve()
    beside = [str(each / name) for each in {Path(program).parent.parent, real.parent.parent} for name in ("lib", "share")]
    python = python_paths() if real == Path(sys.executable).resolve() else []
    read = (*SYSTEM, *beside, *python, str(real), *map(str, sources))
    return Access(read, (str(folder), "/dev/null"), (program, str(real), *_loaders(), *_interpreters(real)))


@cache
def python_paths() -> list[str]:
    """This package (never the project's folder, where settings and data lie), Python's libraries and packages."""
    libraries = [str(Path(prefix) / "lib") for prefix in {sys.prefix, sys.base_prefix}]
    packages = [each for each in sys.path if each.endswith(("site-packages", "dist-packages"))]
    return [str(PACKAGE), *libraries, *packages, str(Path(sys.prefix) / "pyvenv.cfg")]


@cache
def _loaders() -> list[str]:
    """The programs that load the libraries of a program: ld-linux, ld-musl."""
    found = [path for folder in LOADERS for pattern in ("ld-*.so*", "*/ld-*.so*") for path in Path(folder).glob(pattern)]
    return sorted({str(path.resolve()) for path in found})


def _interpreters(program: Path) -> list[str]:
    """Where a program is a script, whatever is installed may run it."""
    with program.open("rb") as file:
        return ["/bin", "/usr/bin", "/usr/local/bin"] if file.read(len(SCRIPT)) == SCRIPT else []
