"""Pages that have no text of their own, drawn finely enough for a reading machine."""

from pathlib import Path
from typing import Any

from .leaves import Unreadable, leaves_of
from .opening import load


def work(request: dict[str, Any]) -> dict[str, Any]:
    """``path opens_with folder pages dpi fewest_characters`` → page number → path of its picture; pages with text are left out."""
    load("PNG")
    scans: dict[str, str] = {}
    with leaves_of(request) as leaf:
        for number in request["pages"]:
            try:
                page = leaf(number)
                if len(page.text().strip()) >= request["fewest_characters"]:
                    continue
                image, _clamped = page.drawn(dpi=request["dpi"])
            except Unreadable:
                continue
            path = Path(request["folder"]) / f"scan-{number}.png"
            image.convert("L").save(path, "PNG", compress_level=1, dpi=(request["dpi"], request["dpi"]))
            scans[str(number)] = str(path)
    return {"scans": scans}
