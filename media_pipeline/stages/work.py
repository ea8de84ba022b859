"""The input and the result of a stage."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import Damaged, Protected, Refused, Transient
from ..probe import MediaInfo
from ..processes.sandbox import Watch
from ..recipes import Recipe


@dataclass(frozen=True, slots=True)
class Work:
    """One recipe to carry out on one asset.

    ``fetch_derivative`` fetches a file of an earlier recipe by its name; ``duration_ms`` is the length which that recipe decoded.
    """

    source: Path
    info: MediaInfo
    opens_with: str
    recipe: Recipe
    staff_options: dict[str, Any]
    folder: Path
    watch: Watch
    report: Callable[[float], None]
    fetch_derivative: Callable[[str], Path | None]
    duration_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """One finished, checked file. Durations in ms, rates in bit/s."""

    name: str
    role: str
    path: Path
    mime: str
    codecs: str = ""
    width: int | None = None
    height: int | None = None
    duration_ms: int | None = None
    average_bitrate: int | None = None
    peak_bitrate: int | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """The result of a stage: files, facts for the asset's columns, warnings by code, text by page (text layer and OCR)."""

    outputs: list[Output] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    page_texts: dict[int, str] = field(default_factory=dict)
    ocr_texts: dict[int, str] = field(default_factory=dict)
    tools: dict[str, str] = field(default_factory=dict)


@contextmanager
def our_output(name: str) -> Iterator[None]:
    """What we made cannot be read: the original is not to blame. Turns Damaged and the like into Transient, which is tried again."""
    try:
        yield
    except (Damaged, Protected, Refused) as error:
        raise Transient("bad_output", f"{name}: {error.code} {error.detail}", log=error.log) from error


def from_child(answer: dict[str, Any], role: str) -> list[Output]:
    """The outputs of a child's answer."""
    return [
        Output(each["name"], role, Path(each["path"]), each["mime"], width=each.get("width"), height=each.get("height"))
        for each in answer["outputs"]
    ]
