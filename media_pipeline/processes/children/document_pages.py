"""Pages of a document, a PDF or a TIFF: the text layer and the picture of each page.

Scripts, actions and attachments of a PDF are never looked at.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import pypdfium2

from .errors import ChildError
from .opening import MOST_FRAMES, decoder_errors, opened, page_frames
from .picture import decoded
from .probe_pdf import opened as opened_pdf

MAX_PAGE_PIXELS = 25_000_000
MAX_PAGE_CHARACTERS = 200_000
POINTS_AN_INCH = 72


class UnreadablePageError(Exception):
    """This page cannot be read; the others may be whole."""


class ReadablePage(Protocol):
    """One page. Both methods raise UnreadablePageError."""

    def text(self) -> str:
        """The text layer, lines ended by a line feed, without control characters; empty for a picture."""

    def drawn(self, *, width: int = 0, dpi: int = 0) -> tuple[Any, bool]:
        """The page as an RGB picture, about so wide or so fine; True when it had to be made smaller than asked."""


@contextmanager
def page_reader(request: dict[str, Any]) -> Iterator[Any]:
    """A function from a page's number (from 1) to the page. ``opens_with`` is Pillow's format, or empty for a PDF."""
    if not request["opens_with"]:
        document = opened_pdf(request["path"])
        yield lambda number: PdfPage(document, number)
        return
    with opened(request["path"], request["opens_with"]) as image:
        with decoder_errors():
            frames = page_frames(image, MOST_FRAMES)
        yield lambda number: TiffPage(image, frames[number - 1])


class PdfPage:
    """A page of a PDF."""

    def __init__(self, document: Any, number: int) -> None:
        try:
            self._page = document[number - 1]
        except pypdfium2.PdfiumError as error:
            raise UnreadablePageError from error

    def text(self) -> str:
        """See ReadablePage."""
        try:
            text = self._page.get_textpage().get_text_range()[:MAX_PAGE_CHARACTERS]
        except pypdfium2.PdfiumError as error:
            raise UnreadablePageError from error
        return "".join(char for char in text.replace("\r\n", "\n") if char == "\n" or char == "\t" or char.isprintable())

    def drawn(self, *, width: int = 0, dpi: int = 0) -> tuple[Any, bool]:
        """See ReadablePage."""
        page_width, page_height = (max(1.0, side) for side in self._page.get_size())
        scale = dpi / POINTS_AN_INCH if dpi else width / page_width
        too_many = page_width * page_height * scale * scale / MAX_PAGE_PIXELS
        if too_many > 1:
            scale /= too_many**0.5
        try:
            return self._page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB"), too_many > 1
        except pypdfium2.PdfiumError as error:
            raise UnreadablePageError from error


class TiffPage:
    """A page of a TIFF: as fine as it was scanned, one at a time in memory."""

    def __init__(self, image: Any, frame: int) -> None:
        self._image, self._frame = image, frame

    def text(self) -> str:
        """See ReadablePage."""
        return ""

    def drawn(self, *, width: int = 0, dpi: int = 0) -> tuple[Any, bool]:
        """See ReadablePage."""
        try:
            with decoder_errors():
                self._image.seek(self._frame)
            picture, _warnings = decoded(self._image, width)
        except ChildError as error:
            if error.kind == "damaged":
                raise UnreadablePageError from error
            raise
        return picture.convert("RGB"), False
