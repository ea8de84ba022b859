"""All that may be seen of each record as one line of JSON, in codes: for programs, and for the records of a bag."""

import json
from pathlib import Path

from .format import Entry, Lines, OpenBytes


def line_of(entry: Entry) -> bytes:
    """One record as a line in UTF-8."""
    return (json.dumps(entry["content"], ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def write_json_lines(target: Path, lines: Lines, _open: OpenBytes) -> None:
    """One record on each line."""
    with target.open("wb") as file:
        for entry in lines:
            file.write(line_of(entry))
