"""What a format of exports is: how one record is told, and how all that was told becomes one file."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Entry = dict[str, Any]  # what one record says in a format, as JSON
OpenBytes = Callable[[str], Iterator[bytes]]  # key in the storage → its bytes; raises FileNotFoundError
Step = Callable[[], None]  # called after each record; raises to end the work


@dataclass(frozen=True, slots=True)
class Lines:
    """All that was told, record by record, sorted by type. It can be read again and again, and memory holds one record."""

    read: Callable[[], Iterable[Entry]]
    types: tuple[str, ...]  # codes of the types, in the order of the records
    step: Step

    def __iter__(self) -> Iterator[Entry]:
        for entry in self.read():
            self.step()
            yield entry


@dataclass(frozen=True, slots=True)
class Format:
    """One format. ``tell`` names what is gathered of a record; ``ending`` answers for the number of types in the file."""

    code: str
    label: Any
    help: Any
    tell: str  # see gathering/tell.py
    ending: Callable[[int], str]
    write: Callable[[Path, Lines, OpenBytes], None]
    holds_originals: bool = False
