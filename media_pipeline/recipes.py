"""The table of recipes: which derivatives each kind gets, in which quality. Change quality here and nowhere else.

A recipe is data. Its hash together with the original's hash and the staff's options identifies the work: asking for the same work
twice is one job. Raise ``version`` when a stage's own way of working changes.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from . import derivative_names as names
from .formats import AUDIO, BOOKS, DOCUMENT, IMAGE, VIDEO

WIDTHS = [200, 400, 800, 1600]
QUALITIES = {"jpg": 76, "webp": 80, "avif": 61}  # Wagtail's defaults
#: Tesseract's name of a language → its label in forms and its BCP 47 tag. There is no model for Chăm, Tai Viet or Nôm.
OCR_LANGUAGES = {"vie": (_("tiếng Việt"), "vi"), "khm": (_("tiếng Khmer"), "km"), "lao": (_("tiếng Lào"), "lo")}
PAGE_WIDTHS, PAGE_QUALITIES = [800, 1600], {"jpg": 76, "webp": 80}


@dataclass(frozen=True, slots=True)
class Recipe:
    """One recipe for one kind. ``after``: starts when that recipe is done. Small ``priority`` runs first."""

    name: str
    version: int
    kind: str
    stage: str
    priority: int
    required: bool = True
    after: str = ""
    needs_option: str = ""  # only where this staff option of the asset is set
    setting: str = ""  # only where this setting is on
    formats: tuple[str, ...] = ()  # only these formats of the kind; empty: all
    above_pixels: int = 0  # only for pictures with more pixels
    several_sounds: bool = False  # only for recordings with more than one sound track
    reads_original: bool = True
    staff_options: tuple[str, ...] = ()  # names of the staff options that change the result
    parameters: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rung:
    """One quality of a film. Rates in kbit/s; ``short_side`` in lines; 0 lines means sound alone."""

    name: str
    short_side: int
    frames_per_second: int
    cap: int
    sound: int
    channels: int = 2


#: The film ladder; v240 comes first in the playlist, since players start with the first.
RUNGS = [
    Rung(names.V144, 144, 15, 150, 32, channels=1),
    Rung(names.V240, 240, 30, 300, 48),
    Rung(names.V480, 480, 30, 1200, 96),
    Rung(names.V720, 720, 60, 2800, 128),
    Rung(names.V1080, 1080, 60, 5000, 128),
]

#: The two rungs that weak links use most, once more in AV1: equal SSIM at half the bytes, for devices that read it.
LIGHTER_RUNGS = [
    Rung(names.AV240, 240, 30, 300, 48),
    Rung(names.AV480, 480, 30, 1200, 96),
]

#: Sound alone: name → encoder, kbit/s, channels, container, media type, codec string, further options.
SOUNDS: dict[str, dict[str, Any]] = {
    names.A24: {"c:a": "libopus", "b:a": "24k", "ac": 1, "ar": 48000, "f": "ogg", "mime": "audio/ogg", "codecs": "opus"},
    names.A48: {"c:a": "libopus", "b:a": "48k", "ac": 2, "ar": 48000, "f": "ogg", "mime": "audio/ogg", "codecs": "opus"},
    names.AAC96: {"c:a": "aac", "b:a": "96k", "ac": 2, "f": "mp4", "movflags": "+faststart", "mime": "audio/mp4", "codecs": "mp4a.40.2"},
}

#: Several sounds in one file, for loudspeakers and podcasts: encoder, kbit/s, channels, rate, container, media type.
QUIETEST_JOINED = -23.0  # LUFS, the level of EBU R128: where peaks leave no room for more, all parts are as quiet as one, down to this
JOINED: dict[str, Any] = {"c:a": "libmp3lame", "b:a": "64k", "ac": 1, "ar": 44100, "f": "mp3", "mime": "audio/mpeg"}

#: Staff options that came after their recipes: left out of the hash until they are set, so that nothing is made again for them.
LATER_OPTIONS = frozenset({"turn"})
LOUDNESS: dict[str, float] = {"target_lufs": -16.0, "true_peak_db": -1.0, "quietest_lufs": -70.0, "shortest_ms": 3000}
_PICTURES = {"widths": WIDTHS, "qualities": QUALITIES}


def _other_sounds(name: str, kind: str, *, after: str) -> Recipe:
    """The sound tracks that staff did not choose, mostly other languages: each is a named set of its own."""
    parameters = {"sounds": {sound: SOUNDS[sound] for sound in (names.A24, names.A48)}, "loudness": LOUDNESS}
    return Recipe(
        name, 1, kind, "other_sounds", 45, False, after, several_sounds=True, staff_options=("audio_track",), parameters=parameters
    )


RECIPES = [
    Recipe("image", 2, IMAGE, "image", 20, staff_options=("turn",), parameters=_PICTURES),
    Recipe(
        "tiles",
        2,
        IMAGE,
        "tiles",
        50,
        required=False,
        after="image",
        above_pixels=12_000_000,
        staff_options=("turn",),
        parameters={"side": 512, "quality": 80},
    ),
    Recipe("audio", 1, AUDIO, "audio", 10, staff_options=("audio_track",), parameters={"sounds": SOUNDS, "loudness": LOUDNESS}),
    _other_sounds("audio-others", AUDIO, after="audio"),
    _other_sounds("video-others", VIDEO, after="video"),
    Recipe(
        "video",
        2,
        VIDEO,
        "video",
        30,
        staff_options=("audio_track",),
        parameters={
            "rungs": [asdict(rung) for rung in RUNGS],
            "sound_alone": {names.FILM_SOUND: 48, "sounds": {names.A24: SOUNDS[names.A24]}},
            "loudness": LOUDNESS,
            "preset": "veryfast",
            "crf": 23,
            "segment_seconds": 4,
        },
    ),
    Recipe(
        "video-av1",
        1,
        VIDEO,
        "lighter",
        80,
        required=False,
        after="video",
        setting="MEDIA_AV1",
        staff_options=("audio_track",),
        parameters={
            "rungs": [asdict(rung) for rung in LIGHTER_RUNGS],
            "sound_alone": {"sounds": {}},
            "loudness": LOUDNESS,
            "preset": 8,
            "crf": 40,
            "segment_seconds": 4,
        },
    ),
    Recipe("poster", 1, VIDEO, "poster", 5, after="video", reads_original=False, staff_options=("poster_time_ms",), parameters=_PICTURES),
    Recipe(
        "sprite",
        1,
        VIDEO,
        "sprite",
        40,
        required=False,
        after="video",
        reads_original=False,
        parameters={"from": names.V240, "every_ms": 2000, "share": 0.01, "width": 160, "columns": 10, "qualities": {"jpg": 60, "webp": 55}},
    ),
    Recipe(
        "page-1",
        1,
        DOCUMENT,
        "pages",
        5,
        formats=BOOKS,
        parameters={"pages": "first", "widths": PAGE_WIDTHS, "qualities": PAGE_QUALITIES},
    ),
    Recipe(
        "pages",
        1,
        DOCUMENT,
        "pages",
        60,
        formats=BOOKS,
        after="page-1",
        parameters={"pages": "rest", "widths": PAGE_WIDTHS, "qualities": PAGE_QUALITIES},
    ),
    Recipe(
        "letters",  # OCR: this older name is stored with jobs and derivatives and must stay
        1,
        DOCUMENT,
        "ocr",
        70,
        required=False,
        formats=BOOKS,
        after="pages",
        needs_option="ocr_language",
        staff_options=("ocr_language",),
        parameters={"dpi": 300, "fewest_characters": 20},
    ),
]

BY_NAME: dict[str, Recipe] = {recipe.name: recipe for recipe in RECIPES}


def recipes_for(kind: str, format_code: str, pixels: int) -> list[Recipe]:
    """What an asset of this kind, format and size should get; nothing for documents that are kept as attachments."""
    of_kind = [each for each in RECIPES if each.kind == kind and pixels >= each.above_pixels]
    return [each for each in of_kind if not each.formats or format_code in each.formats]


def recipe_hash(recipe: Recipe, original_sha256: str, staff_options: dict[str, Any]) -> str:
    """The identity of the work: original, recipe and the staff options that change it. Tool versions are not part of it."""
    options = {name: staff_options.get(name) for name in recipe.staff_options if name in staff_options or name not in LATER_OPTIONS}
    parameters = [recipe.name, recipe.version, recipe.parameters, options, original_sha256]
    return hashlib.sha256(json.dumps(parameters, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
