"""How long a bulletin will be, before it is built. Milliseconds; None where a file has not been decoded yet."""

from collections.abc import Iterable

from media_pipeline.stages.speech import WORDS_A_MINUTE

from .models import Piece

PAUSE_MS = 700  # between two pieces
LONGEST_MS = 60 * 60 * 1000  # of a bulletin
MOST_PIECES = 40
MACHINE_SAYS = "Phần này do giọng máy đọc."  # it is heard by people in Vietnam, whatever the language of the screen


def said(piece: Piece) -> str:
    """What is said aloud in a piece of words: a machine voice says first that it is one."""
    return f"{MACHINE_SAYS} {piece.text}" if piece.by_machine else piece.text


def length_ms(piece: Piece) -> int | None:
    """How long a piece is; for a machine voice about so long."""
    if piece.by_machine:
        return round(len(said(piece).split()) * 60_000 / WORDS_A_MINUTE)
    whole = (piece.asset.duration_ms or piece.asset.duration_header_ms) if piece.asset else None
    if piece.is_words or (whole is None and piece.end_s is None):
        return whole
    end = min(value for value in (whole, piece.end_s * 1000 if piece.end_s is not None else None) if value is not None)
    return max(0, end - piece.start_s * 1000)


def whole_length_ms(pieces: Iterable[Piece]) -> int:
    """The sum of what is known, with the pauses."""
    lengths = [length_ms(piece) or 0 for piece in pieces]
    return sum(lengths) + PAUSE_MS * max(0, len(lengths) - 1)


def size_for(duration_ms: int) -> int:
    """The bytes that an MP3 of this length takes."""
    return duration_ms * 8  # 64 kbit/s
