"""Facts about a PDF: whether it opens, its pages, whether it wants a password."""

from typing import Any

import pypdfium2

from .errors import ChildError

PASSWORD = 4  # FPDF_ERR_PASSWORD


def opened(path: str) -> Any:
    """The document. Raises ChildError: protected, damaged."""
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == PASSWORD or "password" in str(error).lower():
            raise ChildError("protected", "protected") from error
        raise ChildError("damaged", "damaged", str(error)[:300]) from error


def work(request: dict[str, Any]) -> dict[str, Any]:
    """``path`` → pages and the size of the first in points. A document without a page that opens is damaged."""
    document = opened(request["path"])
    pages = len(document)
    if not pages:
        raise ChildError("damaged", "damaged", "no page")
    try:
        width, height = document[0].get_size()
    except pypdfium2.PdfiumError as error:
        raise ChildError("damaged", "damaged", str(error)[:300]) from error
    return {"pages": pages, "width": max(1, round(width)), "height": max(1, round(height))}
