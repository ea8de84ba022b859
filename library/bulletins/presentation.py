"""A bulletin as readers see it: where it belongs, what is said in it, what its file is called."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import slugify

from library.pages.presentation.links import LinkedWords
from library.pages.presentation.places import unit_link, unit_name
from library.presentation.wording import Wording, in_reader_language
from library.vocabularies.models import AdminUnit
from media_pipeline.available_renditions import derivative_url, url_of
from media_pipeline.delivery.file_view import Content
from media_pipeline.derivative_names import ORIGINAL
from media_pipeline.models import Derivative
from media_pipeline.recipes import JOINED
from media_pipeline.text.folding import fold

from .lengths import said
from .models import Bulletin, Piece

LEVEL_FEEDS = {AdminUnit.Level.PROVINCE.value: "province-bulletins-feed", AdminUnit.Level.COMMUNE.value: "commune-bulletins-feed"}


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """Words that are said, paragraph by paragraph; or a record that is heard, between two times where a part of it is."""

    paragraphs: tuple[Wording, ...]
    by_machine: bool
    record: LinkedWords | None
    start_ms: int
    end_ms: int | None


@dataclass(frozen=True, slots=True)
class ShownBulletin:
    """One bulletin on a page."""

    bulletin: Bulletin
    title: Wording
    summary: Wording
    place: LinkedWords
    file_name: str
    by_machine: bool
    pieces: tuple[ShownPiece, ...]


def shown(bulletin: Bulletin) -> ShownBulletin:
    """A bulletin with its pieces, of one that ``heard`` has fetched."""
    pieces = tuple(map(_piece, bulletin.pieces.all()))
    return ShownBulletin(
        bulletin=bulletin,
        title=in_reader_language(bulletin.title),
        summary=in_reader_language(bulletin.summary),
        place=unit_link(bulletin.place),
        file_name=f"ban-tin-{slugify(fold(bulletin.title))[:60].strip('-') or bulletin.pk}.mp3",
        by_machine=any(piece.by_machine for piece in pieces),
        pieces=pieces,
    )


def _piece(piece: Piece) -> ShownPiece:
    paragraphs = tuple(in_reader_language(line.strip()) for line in said(piece).splitlines() if line.strip()) if piece.is_words else ()
    record = piece.record
    link = LinkedWords(in_reader_language(record.title_vi, record.title_en), record.get_absolute_url()) if record else None
    end_ms = piece.end_s * 1000 if piece.end_s is not None else None
    return ShownPiece(paragraphs, piece.by_machine, link, piece.start_s * 1000, end_ms)


def transcript(bulletin: Bulletin) -> str:
    """What is said and heard, as plain text."""
    return "\n\n".join(said(piece) if piece.is_words else str(piece) for piece in bulletin.pieces.all())


def content_of(bulletin: Bulletin) -> Content:
    """Its MP3, as delivery sends it."""
    return Content("ban-tin", JOINED["mime"], bulletin.sha256, bulletin.size, key=bulletin.key)


def feed_of(unit: AdminUnit) -> str:
    """The address of the feed of a place."""
    coded = unit.level == AdminUnit.Level.COMMUNE
    return reverse(LEVEL_FEEDS[unit.level], args=[f"{unit.slug}-{unit.code}" if coded else unit.slug])


def full_name(unit: AdminUnit) -> str:
    """The name of a place; of a commune with its province."""
    name = unit_name(unit).plain
    return f"{name}, {unit_name(unit.parent).plain}" if unit.level == AdminUnit.Level.COMMUNE and unit.parent else name


def sound_url(piece: Piece) -> str:
    """Where staff hear a piece: its smallest sound, or the file itself while there is none; empty for a machine voice."""
    asset = piece.asset
    if asset is None:
        return ""
    sounds = [each for each in asset.current if each.role == Derivative.Role.SOUND]
    if sounds:
        return derivative_url(asset, min(sounds, key=lambda each: each.size_bytes))
    return url_of(asset, ORIGINAL) if piece.is_words else ""
