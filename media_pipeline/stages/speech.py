"""The only file that finds and runs espeak-ng, a machine voice. It is optional: nothing of ours waits for it to be installed."""

import shutil
import subprocess
from functools import cache
from pathlib import Path

from ..errors import Transient, Waiting
from ..processes.sandbox import ProcessLimits, Watch, run

SPEAKING = ProcessLimits(cpu=60, wall=120, file=200_000_000)
VOICE = "vi"
WORDS_A_MINUTE = 140


def binary() -> str:
    """Its path; empty where it is not installed, or has no Vietnamese voice."""
    path = shutil.which("espeak-ng")
    return path if path and _has_voice(path) else ""


@cache
def _has_voice(path: str) -> bool:
    """Whether it lists the voice; it opens no file of ours for this."""
    finished = subprocess.run([path, f"--voices={VOICE}"], capture_output=True, text=True, timeout=30, check=False)
    return any(line.split()[1:2] == [VOICE] for line in finished.stdout.splitlines())


def speak(text: str, path: Path, *, watch: Watch) -> None:
    """Write the text, read aloud, into a WAV file. Raises Waiting without the program, Transient when it fails."""
    program = binary()
    if not program:
        raise Waiting("no_voice")
    written = path.with_suffix(".txt")
    written.write_text(text, encoding="utf-8")
    command = [program, "-v", VOICE, "-s", str(WORDS_A_MINUTE), "-f", str(written), "-w", str(path)]
    finished = run(command, folder=path.parent, limits=SPEAKING, watch=watch)
    if finished.returncode or not path.exists():
        raise Transient("bad_output", f"espeak-ng ended with {finished.returncode}", log=finished.stderr)
