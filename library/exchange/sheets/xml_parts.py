"""A part of a workbook as elements, one after another, by Python's own parser in C. A part that declares anything is refused."""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, TreeBuilder, XMLParser

from ..errors import SheetError

PIECE = 16 * 1024  # bytes: the elements of one piece are in memory together


def elements(chunks: Iterable[bytes], tag: str) -> Iterator[Element]:
    """Each element of this name, whole; it is forgotten when the next one is asked for. Raises SheetError and ParseError."""
    target = _Elements(tag)
    parser = XMLParser(target=target)  # noqa: S314  (declarations are refused)
    for chunk in chunks:
        for start in range(0, len(chunk), PIECE):
            parser.feed(chunk[start : start + PIECE])
            yield from target.taken()
    parser.close()


class _Elements:
    """What the parser tells its news to: it builds the elements of one name, and no others."""

    def __init__(self, tag: str) -> None:
        self._tag = tag
        self._whole: list[Element] = []
        self._open: TreeBuilder | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._open is None:
            if tag != self._tag:
                return
            self._open = TreeBuilder()
        self._open.start(tag, attributes)

    def data(self, text: str) -> None:
        if self._open is not None:
            self._open.data(text)

    def end(self, tag: str) -> None:
        if self._open is None:
            return
        element = self._open.end(tag)
        if tag == self._tag:
            self._whole.append(element)
            self._open = None

    def doctype(self, *_declared: object) -> None:
        """Without a declaration there is no entity to expand, and nothing outside to ask for."""
        raise SheetError("entities")

    def taken(self) -> list[Element]:
        """The elements that came since."""
        whole, self._whole = self._whole, []
        return whole
