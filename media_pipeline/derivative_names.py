"""The names of derivatives, each spelled once: constants, functions that build a name, functions that read one.

A name is stored with its row, stands in addresses and is passed to the access policy, so none may ever change.
Pure and without Django: the child processes use this table too.
"""

from typing import NamedTuple

#: The original itself. It is not a derivative, but it is served under the same kind of address.
ORIGINAL = "original"

# Films in H.264, one for each rung of the ladder, from small to large.
V144, V240, V480, V720, V1080 = FILMS = ("v144", "v240", "v480", "v720", "v1080")
# The same films in AV1.
AV240, AV480 = "av240", "av480"
#: The rungs at which a player starts, while it does not know the speed of the link.
FIRST_RUNGS = (V240, AV240)
FILM_SOUND = "vaudio"  # the sound of a film alone, as a rung of the adaptive film

# Master playlists of the adaptive film.
MASTER, AV1_MASTER = "hls", "hls-av1"

# Sound alone: Opus at 24 and 48 kbit/s, AAC at 96 kbit/s.
A24, A48, AAC96 = "a24", "a48", "aac96"

PEAKS_DATA, PEAKS_JSON = "peaks-dat", "peaks-json"
SPRITE_CUES = "sprite-vtt"
#: Short name of a picture format → the sheet of preview pictures in that format.
SPRITE_SHEETS = {"jpg": "sprite-jpg", "webp": "sprite-webp"}
TILES = "tiles"

# Stems of pictures; ``page_stem`` makes the third kind.
IMAGE, POSTER = "img", "poster"
_TRACK = "track-"


class PictureName(NamedTuple):
    """The name of one picture taken apart: ``img-640-webp`` is ("img", 640, "webp")."""

    stem: str
    width: int
    image_format: str

    @property
    def page(self) -> int:
        """The page number in the name of a page. Raises ValueError for other pictures."""
        return int(self.stem.rpartition("-")[2])


def page_stem(page: int) -> str:
    """The stem of the pictures of one page of a document, counted from 1: ``page-12``."""
    return f"page-{page}"


def picture(stem: str, width: int, image_format: str) -> str:
    """The name of one width in one format: ``img-640-webp``, ``page-12-800-jpg``."""
    return f"{stem}-{width}-{image_format}"


def prefix(stem: str) -> str:
    """How the names of all pictures of one stem begin: ``img-``, ``page-1-``."""
    return f"{stem}-"


def read_picture(name: str) -> PictureName:
    """The parts of a picture's name. Raises ValueError for any other name."""
    stem, width, image_format = name.rsplit("-", 2)
    return PictureName(stem, int(width), image_format)


def other_sound(quality: str, track: str) -> str:
    """A sound track that is not the recording's own: ``a24-tay``. ``track`` is its language, its number, or both."""
    return f"{quality}-{track}"


def read_sound(name: str) -> tuple[str, str]:
    """Quality and track of a sound's name; the track is empty for the recording's own sound."""
    quality, _dash, track = name.partition("-")
    return quality, track


def fallback(av1_film: str) -> str:
    """The same film in H.264, which every device reads."""
    return av1_film.removeprefix("a")


def playlist(rung: str) -> str:
    """The playlist of one rung, or of the sound alone."""
    return f"{rung}-hls"


def text_track(key: int) -> str:
    """The name of a text track, by its primary key."""
    return f"{_TRACK}{key}"


def is_text_track(name: str) -> bool:
    """Whether the name is that of a text track; its number may still be wrong."""
    return name.startswith(_TRACK)


def read_text_track(name: str) -> int | None:
    """The primary key in the name of a text track; None for what cannot be a key."""
    number = name.removeprefix(_TRACK)
    return int(number) if number.isdecimal() and len(number) < 18 else None
