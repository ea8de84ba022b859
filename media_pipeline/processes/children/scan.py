"""Draws the pages without a text layer, finely enough for OCR."""

from pathlib import Path
from typing import Any

from .document_pages import UnreadablePageError, page_reader
from .opening import load


def work(request: dict[str, Any]) -> dict[str, Any]:
    """``path opens_with folder pages dpi fewest_characters`` → page number → path of its picture; pages with text are left out."""
    load("PNG")
    scans: dict[str, str] = {}
    with page_reader(request) as read_page:
        for number in request["pages"]:
            try:
                page = read_page(number)
                if len(page.text().strip()) >= request["fewest_characters"]:
                    continue
                image, _clamped = page.drawn(dpi=request["dpi"])
            except UnreadablePageError:
                continue
            path = Path(request["folder"]) / f"scan-{number}.png"
            image.convert("L").save(path, "PNG", compress_level=1, dpi=(request["dpi"], request["dpi"]))
            scans[str(number)] = str(path)
    return {"scans": scans}
