"""What helps to play a recording besides its sound and picture: the waveform, the pictures under the seek bar, adaptive film."""

from collections.abc import Iterable
from dataclasses import dataclass

from media_pipeline import derivative_names as names
from media_pipeline.models import Asset
from media_pipeline.renditions import Rendition, derivative_url

BEGIN_WITH = names.V240  # the first rung of the master too (media design, 5.3)


@dataclass(frozen=True, slots=True)
class Aid:
    """A file that a player may fetch for itself: its address, and all the bytes that asking for it costs."""

    url: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Aids:
    """What there is of them."""

    peaks: Aid | None
    previews: Aid | None  # WebVTT that names parts of the sheet beside it; both are counted
    adaptive: Rendition | None  # for browsers that play HLS by themselves


def aids_of(asset: Asset, renditions: Iterable[Rendition]) -> Aids:
    """The aids among the current derivatives of an asset."""
    made = {each.name: each for each in asset.current}
    peaks, previews, sheet = made.get(names.PEAKS_DATA), made.get(names.SPRITE_CUES), made.get(names.SPRITE_SHEETS["jpg"])
    return Aids(
        peaks=Aid(derivative_url(asset, peaks), peaks.size_bytes) if peaks else None,
        previews=Aid(derivative_url(asset, previews), previews.size_bytes + sheet.size_bytes) if previews and sheet else None,
        adaptive=next((rendition for rendition in renditions if rendition.role == "playlist"), None),
    )


def first_rendition(playable: Iterable[Rendition]) -> str:
    """The name of what a player begins with unless the reader chooses: film before sound, 240 lines before others, else the lightest.

    Readers who save data begin with the lightest; that is for the player to know, since the page may be a kept copy.
    """
    films = [rendition for rendition in playable if rendition.role == "film"]
    names = [rendition.name for rendition in films or playable]
    return BEGIN_WITH if BEGIN_WITH in names else next(iter(names), "")
