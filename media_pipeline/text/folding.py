"""A coarse key for finding a name by typing: lower case, no marks. Public search has its own, finer analysis."""

import unicodedata

BARRED = str.maketrans("đĐƀ", "dDb")
LETTERS = str.maketrans({"'": None, "’": None, "-": " "})


def fold(text: str) -> str:
    """``Đắk Lắk`` → ``dak lak``; apostrophes vanish, hyphens are spaces."""
    return " ".join(without_marks(text.lower()).translate(LETTERS).split())


def without_marks(text: str) -> str:
    """``Đắk Lắk`` → ``Dak Lak``, as foreigners write it."""
    if text.isascii():
        return text
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter)).translate(BARRED)
