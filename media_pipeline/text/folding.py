"""A coarse key for finding a name by typing: lower case, no marks. Public search has its own, finer analysis."""

import unicodedata

LETTERS = str.maketrans({"đ": "d", "ƀ": "b", "'": None, "’": None, "-": " "})


def fold(text: str) -> str:
    """``Đắk Lắk`` → ``dak lak``; apostrophes vanish, hyphens are spaces."""
    lower = text.lower()
    if not lower.isascii():
        lower = "".join(letter for letter in unicodedata.normalize("NFD", lower) if not unicodedata.combining(letter))
    return " ".join(lower.translate(LETTERS).split())
