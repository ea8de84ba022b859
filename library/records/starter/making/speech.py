"""Spoken summaries by a machine voice (espeak-ng, Vietnamese), with the words and their times."""

import subprocess
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

VOICE, WORDS_A_MINUTE = "vi", 140
PAUSE_SECONDS = 0.6
MACHINE_VOICE = "Giọng đọc máy"


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """One spoken sentence with its start and end in the recording, in seconds."""

    text: str
    start: float
    end: float


def speak(sentences: Sequence[str], path: Path) -> list[SpokenLine]:
    """Write one WAV file in which the sentences follow one another; returns when each is spoken. Raises OSError without espeak-ng."""
    lines: list[SpokenLine] = []
    with wave.open(str(path), "wb") as whole:
        at = 0.0
        for number, sentence in enumerate(sentences):
            part = path.with_suffix(f".{number}.wav")
            command = ["espeak-ng", "-v", VOICE, "-s", str(WORDS_A_MINUTE), "-w", str(part), sentence]
            subprocess.run(command, check=True, capture_output=True, timeout=60)
            at = _append(whole, part, at, sentence, lines)
            part.unlink()
    return lines


def as_vtt(lines: Sequence[SpokenLine]) -> str:
    """The sentences as WebVTT."""
    cues = (f"{_clock(line.start)} --> {_clock(line.end)}\n{line.text}\n" for line in lines)
    return "WEBVTT\n\n" + "\n".join(cues)


def _append(whole: wave.Wave_write, part_path: Path, at: float, sentence: str, lines: list[SpokenLine]) -> float:
    with wave.open(str(part_path), "rb") as part:
        if not lines:
            whole.setparams(part.getparams())
        rate, frames = part.getframerate(), part.getnframes()
        whole.writeframes(part.readframes(frames))
        silence = b"\0" * (int(rate * PAUSE_SECONDS) * part.getsampwidth() * part.getnchannels())
    whole.writeframes(silence)
    lines.append(SpokenLine(sentence, at, at + frames / rate))
    return at + frames / rate + int(rate * PAUSE_SECONDS) / rate


def _clock(seconds: float) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{thousandths:03}"
