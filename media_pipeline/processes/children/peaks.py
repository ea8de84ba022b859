"""The waveform: smallest and largest sample of each twentieth of a second, as BBC audiowaveform files (.dat and JSON, version 2)."""

import json
import struct
import sys
from array import array
from pathlib import Path
from typing import Any

from ...derivative_names import PEAKS_DATA, PEAKS_JSON

RATE = 8000
SAMPLES_PER_POINT = RATE // 20
HEADER = struct.Struct("<iIiiIi")  # version, flags (1: 8 bits), rate, samples per point, points, channels


def work(request: dict[str, Any]) -> dict[str, Any]:
    """``path`` of raw 16-bit mono at 8 kHz, ``folder`` → two outputs and the samples counted."""
    points, samples = read_points(Path(request["path"]))
    folder = Path(request["folder"])
    data = array("b", (value >> 8 for value in points))
    length = len(points) // 2
    dat, js = folder / PEAKS_DATA, folder / PEAKS_JSON
    dat.write_bytes(HEADER.pack(2, 1, RATE, SAMPLES_PER_POINT, length, 1) + data.tobytes())
    head = {"version": 2, "channels": 1, "sample_rate": RATE, "samples_per_pixel": SAMPLES_PER_POINT, "bits": 8, "length": length}
    js.write_text(json.dumps(head | {"data": data.tolist()}, separators=(",", ":")), "ascii")
    outputs = [
        {"name": PEAKS_DATA, "path": str(dat), "mime": "application/octet-stream"},
        {"name": PEAKS_JSON, "path": str(js), "mime": "application/json"},
    ]
    return {"outputs": outputs, "samples": samples}


def read_points(path: Path) -> "tuple[array[int], int]":
    """Smallest and largest value of each stretch in turn, and how many samples there were."""
    points: array[int] = array("h")
    samples = 0
    with path.open("rb") as file:
        while raw := file.read(SAMPLES_PER_POINT * 2):
            chunk: array[int] = array("h")
            chunk.frombytes(raw[: len(raw) // 2 * 2])
            if sys.byteorder == "big":
                chunk.byteswap()
            if chunk:
                points.append(min(chunk))
                points.append(max(chunk))
                samples += len(chunk)
    return points, samples
