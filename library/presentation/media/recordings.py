"""Sound and film of a record: every rendition, from light to heavy, and its words second by second."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from library.vocabularies.lookup import language_name
from media_pipeline import derivative_names as names
from media_pipeline.available_renditions import Picture, Rendition, picture_of, renditions_of
from media_pipeline.models import TextTrack

from .file_labels import Label, label_of, original_of
from .playback import PlayerAids, aids_of, first_rendition
from .transcripts import Caption, Transcript, TranscriptLine, captions, chapters, transcripts

if TYPE_CHECKING:
    from library.records.models import RecordMedia

# name of a derivative → what a reader does with it; the rest keep the label of the pipeline
RENDITION_LABELS: dict[str, Promise] = {
    names.A24: _("Nghe"),
    names.A48: _("Nghe rõ hơn"),
    names.AAC96: _("Nghe, cho máy cũ"),
    names.FILM_SOUND: _("Chỉ nghe tiếng của phim"),
    names.V144: _("Xem nhỏ"),
    names.V240: _("Xem vừa"),
    names.V480: _("Xem rõ"),
    names.V720: _("Xem rất rõ"),
    names.V1080: _("Xem rõ nhất"),
}
PLAYABLE = {"sound", "film"}


@dataclass(frozen=True, slots=True)
class RecordingRendition:
    """One rendition of a recording as a row of its page: its name, its file, its weight as thousandths of the heaviest.

    ``lighter`` is the same film for devices that read AV1: the browser takes it by itself.
    """

    name: str
    rendition: Rendition
    share: int
    lighter: Rendition | None

    @property
    def is_film(self) -> bool:
        """Whether the file has a picture."""
        return self.rendition.role == "film"


@dataclass(frozen=True, slots=True)
class Recording:
    """Sound or film: its renditions, lightest first, then its other sound tracks; and its words."""

    number: int
    label: Label
    duration_ms: int | None
    renditions: list[RecordingRendition]
    original: Rendition | None
    poster: str
    captions: list[Caption]
    chapters: list[TranscriptLine]
    transcripts: list[Transcript]
    aids: PlayerAids
    first: str  # the name of the rendition that a player begins with

    @property
    def has_film(self) -> bool:
        """Whether any of it has a picture."""
        return any(rendition.is_film for rendition in self.renditions)


def recording(link: "RecordMedia", number: int, tracks: list[TextTrack]) -> Recording:
    """A recording with those of its tracks that the viewer may have; ``number`` is its place on the page."""
    asset, renditions = link.asset, renditions_of(link.asset)
    own = [rendition for rendition in renditions if rendition.role in PLAYABLE and not rendition.fallback]
    playable = sorted(own, key=lambda rendition: bool(rendition.other_sound))
    lighter = {rendition.fallback: rendition for rendition in renditions if rendition.fallback}
    heaviest = max((rendition.size_bytes for rendition in playable), default=1)
    return Recording(
        number=number,
        label=label_of(link),
        duration_ms=asset.duration_ms,
        renditions=[_recording_rendition(rendition, heaviest, lighter.get(rendition.name)) for rendition in playable],
        original=original_of(renditions),
        poster=_poster(picture_of(asset)),
        captions=captions(asset, tracks),
        chapters=chapters(tracks),
        transcripts=transcripts(tracks, number),
        aids=aids_of(asset, renditions),
        first=first_rendition(playable),
    )


def _recording_rendition(rendition: Rendition, heaviest: int, lighter: Rendition | None) -> RecordingRendition:
    name = str(RENDITION_LABELS.get(names.read_sound(rendition.name)[0], rendition.label))
    if rendition.other_sound:
        name = f"{name} ({_sound_track(rendition.other_sound)})"
    saves = lighter if lighter and lighter.size_bytes < rendition.size_bytes else None
    return RecordingRendition(name, rendition, max(4, round(rendition.size_bytes * 1000 / heaviest)), saves)


def _sound_track(code: str) -> str:
    """A sound track that is not the recording's own, in words: ``tyz`` is Tày; ``tyz3`` one of several, ``track3`` of no known language."""
    language = code.rstrip("0123456789")
    number = code.removeprefix(language)
    if not number:
        return language_name(language)
    track = gettext("đường tiếng %(number)s") % {"number": number}
    return track if language == "track" else f"{language_name(language)}, {track}"


def _poster(picture: Picture | None) -> str:
    """The lightest still of a film."""
    return min((file for _mime, sizes in picture.sources for file in sizes), key=lambda file: file.size_bytes).url if picture else ""
