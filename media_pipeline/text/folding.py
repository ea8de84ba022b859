"""A coarse key for finding a name by typing: lower case, no marks. Public search has its own, finer analysis."""

import unicodedata


def fold(text: str) -> str:
    """``Đắk Lắk`` → ``dak lak``; apostrophes vanish, hyphens are spaces."""
    bare = "".join(letter for letter in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(letter))
    return " ".join(bare.translate({ord("đ"): "d", ord("ƀ"): "b", ord("'"): None, ord("’"): None, ord("-"): " "}).split())
