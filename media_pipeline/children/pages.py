"""Pages of a PDF as pictures and as text. Scripts, actions and attachments are never looked at."""

from typing import Any

import pypdfium2

from .faults import ChildFault
from .picture import dominant_colour, ladder
from .probe_pdf import opened

MAX_PAGE_PIXELS = 25_000_000
MAX_PAGE_CHARACTERS = 200_000


def work(request: dict[str, Any]) -> dict[str, Any]:
    """``path folder pages widths qualities`` → outputs of the asked pages (numbers from 1), their text, colour, warnings."""
    document = opened(request["path"])
    outputs: list[dict[str, Any]] = []
    texts: dict[str, str] = {}
    warnings: set[str] = set()
    colour = ""
    for number in request["pages"]:
        try:
            page = document[number - 1]
            texts[str(number)] = page_text(page)
            image = _drawn(page, max(request["widths"]), warnings)
        except pypdfium2.PdfiumError:
            warnings.add("page_skipped")
            continue
        made, page_colour = ladder(image, request | {"stem": f"page-{number}"})
        colour = colour or page_colour
        outputs += made
    if not outputs:
        raise ChildFault("damaged", "damaged", "no page could be drawn")
    return {"outputs": outputs, "texts": texts, "colour": colour or dominant_colour(image), "warnings": sorted(warnings)}


def _drawn(page: Any, width: int, warnings: set[str]) -> Any:
    """The page at the asked width, smaller where its height would make too many pixels."""
    page_width, page_height = (max(1.0, side) for side in page.get_size())
    scale = width / page_width
    if (pixels := page_width * page_height * scale * scale) > MAX_PAGE_PIXELS:
        scale *= (MAX_PAGE_PIXELS / pixels) ** 0.5
        warnings.add("page_clamped")
    return page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")


def page_text(page: Any) -> str:
    """The text layer of a page, lines ended by a line feed, without control characters."""
    text = page.get_textpage().get_text_range()[:MAX_PAGE_CHARACTERS]
    return "".join(char for char in text.replace("\r\n", "\n") if char == "\n" or char == "\t" or char.isprintable())
