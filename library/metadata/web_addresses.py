"""Which texts are printed as links: only addresses of the web. A ``javascript:`` address in a row must never become one."""

from urllib.parse import urlsplit

SCHEMES = {"http", "https"}


def web_address(text: object) -> str:
    """The text where it is an address of the web, else an empty text."""
    if not isinstance(text, str):
        return ""
    try:
        parts = urlsplit(text.strip())
        host = parts.hostname
    except ValueError:
        return ""
    return text.strip() if parts.scheme in SCHEMES and host else ""
