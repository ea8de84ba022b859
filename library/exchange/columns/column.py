"""What one column of a table of records is: where its values go, how they are read, and what an officer is told of it."""

from dataclasses import dataclass
from typing import Any

from library.records.profiles import Field

SEPARATOR = ";"
IDENTIFIER, CODE, IGNORED, UNSET = "identifier", "code", "-", ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``kind`` names how a cell is read, ``target`` where the value goes: an attribute, a role, a path in the profile."""

    key: str
    label: Any
    kind: str
    target: str = ""
    many: bool = False
    required: bool = False
    field: Field | None = None
    help: Any = ""
    example: str = ""

    def __str__(self) -> str:
        return str(self.label)
