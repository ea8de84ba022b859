"""The sound of a bulletin: each piece is fetched and cut, in the pipeline's own sandbox, then all are joined."""

from collections.abc import Callable, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from media_pipeline.errors import MediaError, Waiting
from media_pipeline.formats import FORMATS
from media_pipeline.models import Asset
from media_pipeline.probe import probe
from media_pipeline.processes import scratch
from media_pipeline.processes.sandbox import Watch
from media_pipeline.stages import speech
from media_pipeline.stages.joining import Cut, Level, cut, join
from media_pipeline.stages.loudness import Measurement, track_of
from media_pipeline.storage import main_storage
from media_pipeline.storage.base import read_into
from media_pipeline.storage.hashing import sha256_of

from ..lengths import PAUSE_MS, said
from ..models import Piece

NAME = "ban-tin.mp3"


class PieceError(Exception):
    """A piece cannot be joined; ``message`` says which one and why, for staff."""

    def __init__(self, number: int, why: str) -> None:
        super().__init__(number, why)
        self.message = _("Phần %(number)d: %(why)s") % {"number": number, "why": why}


def joined(pieces: Sequence[Piece], folder: Path, step: Callable[[int], object]) -> tuple[Path, Measurement]:
    """Writes the MP3 of the pieces into the folder; its path, duration and loudness.

    ``step`` is called before each piece, and before the joining, with how many are done; what it raises ends the work.
    Raises PieceError, and Waiting or StorageError while something is missing.
    """
    own, levels, watch = scratch.part_for_children(folder), [], Watch()
    for place, piece in enumerate(pieces):
        step(place)
        levels.append(_level(piece, place + 1, folder, own, watch))
    step(len(pieces))
    path = own / NAME
    return path, join(levels, path, pause_ms=PAUSE_MS, watch=watch)


def _level(piece: Piece, number: int, folder: Path, own: Path, watch: Watch) -> Level:
    try:
        return cut(_cut(piece, number, folder, own, watch), own / f"cut-{number}.wav", watch=watch)
    except Waiting:
        raise
    except MediaError as error:
        raise PieceError(number, error.message) from error


def _cut(piece: Piece, number: int, folder: Path, own: Path, watch: Watch) -> Cut:
    """Where the sound of a piece lies on this disk, and which part of it is heard."""
    if piece.by_machine:
        source, format_, choice = own / f"machine-{number}.wav", FORMATS["wav"], None
        speech.speak(said(piece), source, watch=watch)
    else:
        assert piece.asset is not None  # ``closed_pieces`` was asked
        source, format_, choice = _fetched(piece.asset, number, folder), FORMATS[piece.asset.format], piece.asset.audio_track
    info = probe(source, format_, own, watch)
    track = track_of(info, choice)
    if track is None:
        raise PieceError(number, _("Tệp này không có tiếng."))
    end_ms = piece.end_s * 1000 if piece.end_s is not None else None
    return Cut(source, info, format_.opens_with, track, piece.start_s * 1000, end_ms, speech=piece.is_words)


def _fetched(asset: Asset, number: int, folder: Path) -> Path:
    """The original of a file, on this disk and compared with its hash. Raises PieceError for one that is damaged or gone."""
    path, blob = folder / f"original-{number}", asset.original
    scratch.require_room(2 * blob.size)
    try:
        with path.open("xb") as file:
            read_into(main_storage(patient=True), blob.key, file)
    except FileNotFoundError as error:
        raise PieceError(number, _("Một tệp trong kho bị mất hoặc hỏng. Xin báo cho quản trị.")) from error
    if sha256_of(path) != blob.sha256:
        raise PieceError(number, _("Một tệp trong kho bị mất hoặc hỏng. Xin báo cho quản trị."))
    return path
