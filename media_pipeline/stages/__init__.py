"""How derivatives are made. A stage reads the source, writes into its folder and returns its outputs; it touches no rows."""

from collections.abc import Callable

from . import audio, document, image, ocr, stills, video
from .work import Result, Work

Stage = Callable[[Work], Result]

#: Recipe.stage → the function that does it.
STAGES: dict[str, Stage] = {
    "image": image.make_pictures,
    "tiles": image.make_tiles,
    "audio": audio.make_sounds,
    "other_sounds": audio.make_other_sounds,
    "video": video.make_ladder,
    "lighter": video.make_lighter,
    "poster": stills.make_poster,
    "sprite": stills.make_sprite,
    "pages": document.make_pages,
    "ocr": ocr.recognise_pages,
}
