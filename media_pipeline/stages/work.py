"""What a stage is given and what it returns."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..probe import MediaInfo
from ..processes.sandbox import Watch
from ..recipes import Recipe


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of work. ``fetch_derivative`` fetches a file of an earlier recipe by its name; ``duration_ms`` is what that one decoded."""

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
    """One file that was made and checked. Durations in ms, rates in bit/s."""

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
    """Everything a stage made: files, facts for the asset's columns, warnings by code, text by page (its own, and what was read)."""

    outputs: list[Output] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    page_texts: dict[int, str] = field(default_factory=dict)
    read_texts: dict[int, str] = field(default_factory=dict)
    tools: dict[str, str] = field(default_factory=dict)


def from_child(answer: dict[str, Any], role: str) -> list[Output]:
    """The outputs of a child's answer."""
    return [
        Output(each["name"], role, Path(each["path"]), each["mime"], width=each.get("width"), height=each.get("height"))
        for each in answer["outputs"]
    ]
