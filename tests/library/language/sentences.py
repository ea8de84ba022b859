"""The texts of a page, one by one, as a person reads or hears them."""

import re
from html.parser import HTMLParser

ENGLISH = re.compile(r"\b(?:the|and|you|your|this|that|with|please|are|is|has|have|been|will|from|not|was|were)\b", re.IGNORECASE)
VIETNAMESE = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
ALONE = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}  # without an end


class Sentences(HTMLParser):
    """``texts`` of the page, those of them that are in the ``unmarked`` language of the page, and the ``links`` of the page."""

    SPOKEN = {"title", "aria-label", "placeholder", "alt"}
    SILENT = {"script", "style", "template", "textarea", "option"}

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: set[str] = set()
        self.unmarked: set[str] = set()
        self.links: list[str] = []
        self.silent = 0
        self.open: list[tuple[str, str]] = []  # elements and the language of each, the page's own first
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        language = self._begin(tag, dict(attrs))
        if tag not in ALONE:
            self.silent += tag in self.SILENT
            self.open.append((tag, language))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._begin(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        while any(tag == name for name, _language in self.open):
            name, _language = self.open.pop()
            self.silent -= name in self.SILENT
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if not self.silent and data.strip():
            self._tell(" ".join(data.split()), self.open[-1][1] if self.open else "")

    def _begin(self, tag: str, values: dict[str, str | None]) -> str:
        """Takes the link and the spoken words of an element; its language."""
        language = values.get("lang") or (self.open[-1][1] if self.open else "")
        spoken = [value for name, value in values.items() if name in self.SPOKEN and value]
        if tag == "meta" and values.get("name") == "description":
            spoken.append(values.get("content") or "")
        for text in spoken:
            self._tell(text, language)
        if tag == "a" and values.get("href"):
            self.links.append(str(values["href"]))
        return language

    def _tell(self, text: str, language: str) -> None:
        self.texts.add(text)
        if not self.open or language == self.open[0][1]:
            self.unmarked.add(text)
