"""What text is allowed to hold: one rule for every text that enters, from a form, a file, an import or a name.

Control characters never belong to words: XML cannot carry them, PostgreSQL refuses NUL, and people cannot see them. They come with
pastes from word processors and with damaged files.
"""

import re
import unicodedata
from typing import Any

#: What ends a line somewhere: Windows, old Macs, Word's break (U+000B), form feed, NEL, the separators of Unicode.
_LINE_BREAK = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
#: Control characters but tab and line feed, lone surrogates, and code points that are no characters.
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def clean(text: str) -> str:
    """The text in NFC, lines ended by a line feed, without control characters, surrogates and non-characters; tabs stay."""
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", _FORBIDDEN.sub("", _LINE_BREAK.sub("\n", text)))


def clean_line(text: str) -> str:
    """The same for a text of one line: a break or a tab becomes a space."""
    return clean(text).replace("\n", " ").replace("\t", " ")


def clean_values(value: Any) -> Any:
    """The same value with every text in it clean, at any depth of lists and dictionaries; keys too."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean_values(key): clean_values(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(clean_values(each) for each in value)
    return value
