"""The only file that finds and runs tesseract, which recognises the text of a picture (OCR)."""

import shutil
from pathlib import Path

from ..errors import Transient, Waiting
from .sandbox import GIB, ProcessLimits, Watch, run

READING = ProcessLimits(memory=1 * GIB, cpu=120, wall=180, file=20_000_000)


def binary() -> str:
    """Its path. Raises Waiting when it is not installed."""
    path = shutil.which("tesseract")
    if not path:
        raise Waiting("no_tesseract")
    return path


def languages(folder: Path) -> set[str]:
    """The languages it has models for. Raises Waiting without tesseract."""
    finished = run([binary(), "--list-langs"], folder=folder, limits=READING)
    return {line.strip() for line in finished.stdout.splitlines()[1:] if line.strip()}


def require(language: str, folder: Path) -> None:
    """Raises Waiting when a model is missing; it may be installed while the job waits."""
    if absent := set(language.split("+")) - languages(folder):
        raise Waiting("no_tesseract_language", " ".join(sorted(absent)))


def version(folder: Path) -> str:
    """As it says itself."""
    return run([binary(), "--version"], folder=folder, limits=READING).stdout.splitlines()[0].removeprefix("tesseract ").strip()


def read(picture: Path, language: str, *, folder: Path, watch: Watch) -> str:
    """The recognised text of one page; empty where there is none. Raises Transient when it fails."""
    finished = run([binary(), str(picture), "stdout", "-l", language], folder=folder, limits=READING, reads=[picture], watch=watch)
    if finished.returncode:
        raise Transient("bad_output", f"tesseract ended with {finished.returncode}", log=finished.stderr)
    return "\n".join(line.rstrip() for line in finished.stdout.replace("\f", "").splitlines()).strip()
