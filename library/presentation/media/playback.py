"""What helps to play a recording besides its sound and picture: the waveform, the pictures under the seek bar, adaptive film."""

from collections.abc import Iterable
from dataclasses import dataclass

from media_pipeline import derivative_names as names
from media_pipeline.available_renditions import Rendition, derivative_url
from media_pipeline.models import Asset

BEGIN_WITH = names.V240  # the first rung of the master too (media design, 5.3)


@dataclass(frozen=True, slots=True)
class PlayerAid:
    """A file that a player may fetch for itself: its address, and all the bytes that asking for it costs."""

    url: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class PlayerAids:
    """The aids of one recording; None where there is none."""

    peaks: PlayerAid | None
    previews: PlayerAid | None  # WebVTT that names parts of the sheet beside it; both are counted
    adaptive: Rendition | None  # for browsers that play HLS by themselves


def aids_of(asset: Asset, renditions: Iterable[Rendition]) -> PlayerAids:
    """The aids among the current derivatives of an asset."""
    by_name = {derivative.name: derivative for derivative in asset.current}
    peaks, previews, sheet = (by_name.get(name) for name in (names.PEAKS_DATA, names.SPRITE_CUES, names.SPRITE_SHEETS["jpg"]))
    return PlayerAids(
        peaks=PlayerAid(derivative_url(asset, peaks), peaks.size_bytes) if peaks else None,
        previews=PlayerAid(derivative_url(asset, previews), previews.size_bytes + sheet.size_bytes) if previews and sheet else None,
        adaptive=next((rendition for rendition in renditions if rendition.role == "playlist"), None),
    )


def first_rendition(playable: Iterable[Rendition]) -> str:
    """The name of what a player begins with unless the reader chooses: film before sound, 240 lines before others, else the lightest.

    Readers who save data begin with the lightest; the player decides that in the browser, since the page may be a cached copy.
    """
    films = [rendition for rendition in playable if rendition.role == "film"]
    available = [rendition.name for rendition in films or playable]
    return BEGIN_WITH if BEGIN_WITH in available else next(iter(available), "")
