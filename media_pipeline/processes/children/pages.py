"""Pages of a document as pictures and as text."""

from typing import Any

from ... import derivative_names as names
from .document_pages import UnreadablePageError, page_reader
from .errors import ChildError
from .picture import dominant_colour, ladder


def work(request: dict[str, Any]) -> dict[str, Any]:
    """``path opens_with folder pages widths qualities`` → outputs of the asked pages (numbers from 1), their text, colour, warnings."""
    outputs: list[dict[str, Any]] = []
    texts: dict[str, str] = {}
    warnings: set[str] = set()
    colour = ""
    with page_reader(request) as read_page:
        for number in request["pages"]:
            try:
                page = read_page(number)
                texts[str(number)] = page.text()
                image, clamped = page.drawn(width=max(request["widths"]))
            except UnreadablePageError:
                warnings.add("page_skipped")
                continue
            if clamped:
                warnings.add("page_clamped")
            pictures, page_colour = ladder(image, request | {"stem": names.page_stem(number)})
            colour = colour or page_colour
            outputs += pictures
    if not outputs:
        raise ChildError("damaged", "damaged", "no page could be drawn")
    return {"outputs": outputs, "texts": texts, "colour": colour or dominant_colour(image), "warnings": sorted(warnings)}
