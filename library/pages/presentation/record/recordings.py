"""Sound and film of a record: every way to take it, from light to heavy, and its words second by second."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from library.vocabularies.lookup import language_name
from media_pipeline import derivative_names as names
from media_pipeline.models import Asset, TextTrack
from media_pipeline.renditions import Picture, Rendition, picture_of, renditions_of, track_url

from ..wording import Wording, foreign
from .file_labels import Label, label_of, original_of
from .playback import Aids, aids_of, first_rendition

if TYPE_CHECKING:
    from library.records.models import RecordMedia

# name of a derivative → what a reader does with it; the rest keep the label of the pipeline
WAYS: dict[str, Promise] = {
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
SPOKEN = (TextTrack.Role.TRANSCRIPT, TextTrack.Role.CAPTIONS)
# role of a track → the kind of <track> that shows it over the picture
SHOWN_AS = {TextTrack.Role.CAPTIONS: "captions", TextTrack.Role.TRANSLATION: "subtitles"}
WITHOUT_TIMES = {TextTrack.Role.PAGE_TEXT, TextTrack.Role.OCR, TextTrack.Role.CHAPTERS}


@dataclass(frozen=True, slots=True)
class Way:
    """One way to hear or see a recording: its name, its file, its weight as thousandths of the heaviest.

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
class Caption:
    """Captions or subtitles that the browser's own player can show; ``kind`` is that of <track>."""

    kind: str
    url: str
    language: str
    label: str


@dataclass(frozen=True, slots=True)
class Cue:
    """One timed line of a transcript; ``anchor`` is where a search result or a citation points ("t=83" is second 83)."""

    anchor: str
    start_ms: int
    end_ms: int
    speaker: str
    words: Wording


@dataclass(frozen=True, slots=True)
class Transcript:
    """The words of a recording in one language."""

    title: str
    machine_made: bool
    cues: list[Cue]


@dataclass(frozen=True, slots=True)
class Recording:
    """Sound or film with every way to take it, lightest first, then its other sound tracks; and its words."""

    number: int
    label: Label
    duration_ms: int | None
    ways: list[Way]
    original: Rendition | None
    poster: str
    captions: list[Caption]
    chapters: list[Cue]
    transcripts: list[Transcript]
    aids: Aids
    first: str  # the name of the way that a player begins with


def recording(link: "RecordMedia", number: int, tracks: list[TextTrack]) -> Recording:
    """A recording with those of its tracks that the reader may have; ``number`` is its place on the page."""
    asset, renditions = link.asset, renditions_of(link.asset)
    offered = [rendition for rendition in renditions if rendition.role in PLAYABLE and not rendition.fallback]
    playable = sorted(offered, key=lambda rendition: bool(rendition.other_sound))
    lighter = {rendition.fallback: rendition for rendition in renditions if rendition.fallback}
    heaviest = max((rendition.size_bytes for rendition in playable), default=1)
    return Recording(
        number=number,
        label=label_of(link),
        duration_ms=asset.duration_ms,
        ways=[_way(rendition, heaviest, lighter.get(rendition.name)) for rendition in playable],
        original=original_of(renditions),
        poster=_poster(picture_of(asset)),
        captions=_captions(asset, tracks),
        chapters=_chapters(tracks),
        transcripts=_transcripts(tracks, number),
        aids=aids_of(asset, renditions),
        first=first_rendition(playable),
    )


def _way(rendition: Rendition, heaviest: int, lighter: Rendition | None) -> Way:
    name = str(WAYS.get(names.read_sound(rendition.name)[0], rendition.label))
    if rendition.other_sound:
        name = f"{name} ({_sound_track(rendition.other_sound)})"
    saves = lighter if lighter and lighter.size_bytes < rendition.size_bytes else None
    return Way(name, rendition, max(4, round(rendition.size_bytes * 1000 / heaviest)), saves)


def _sound_track(said: str) -> str:
    """A sound track that is not the recording's own, in words: ``tyz`` is Tày; ``tyz3`` one of several, ``track3`` of no known language."""
    language = said.rstrip("0123456789")
    number = said.removeprefix(language)
    if not number:
        return language_name(language)
    track = gettext("đường tiếng %(number)s") % {"number": number}
    return track if language == "track" else f"{language_name(language)}, {track}"


def _poster(picture: Picture | None) -> str:
    """The lightest still of a film."""
    return min((each for _mime, sizes in picture.sources for each in sizes), key=lambda each: each.size_bytes).url if picture else ""


def _captions(asset: Asset, tracks: list[TextTrack]) -> list[Caption]:
    """What may be shown over the picture: captions first, then translations."""
    shown = [(kind, track) for role, kind in SHOWN_AS.items() for track in tracks if track.role == role]
    return [Caption(kind, track_url(asset, track), track.language, _named(track)) for kind, track in shown]


def _chapters(tracks: list[TextTrack]) -> list[Cue]:
    """The chapters in the reader's language, else in the first that has them."""
    kept = sorted((track for track in tracks if track.role == TextTrack.Role.CHAPTERS), key=lambda track: track.language != get_language())
    return _cues(kept[0], "") if kept else []


def _transcripts(tracks: list[TextTrack], number: int) -> list[Transcript]:
    """The words as spoken, the better track only, then each translation."""
    timed = [track for track in tracks if track.role not in WITHOUT_TIMES]
    spoken = sorted((track for track in timed if track.role in SPOKEN), key=lambda track: SPOKEN.index(TextTrack.Role(track.role)))
    chosen = spoken[:1] + [track for track in timed if track.role not in SPOKEN]
    places = ["t=" if number == 1 else f"{number}:t=", *("" for _track in chosen)]
    return [
        Transcript(_title(track), track.source == TextTrack.Source.MACHINE, _cues(track, place))
        for track, place in zip(chosen, places, strict=False)
    ]


def _title(track: TextTrack) -> str:
    """What the words are; with their language where it is not the page's."""
    return track.get_role_display() if track.language == get_language() else _named(track)


def _named(track: TextTrack) -> str:
    return f"{track.get_role_display()} ({language_name(track.language)})"


def _cues(track: TextTrack, place: str) -> list[Cue]:
    """The lines of a track; ``place`` begins the anchor of the first line of each second, the others cannot be pointed at."""
    pointed: set[int] = set()
    cues = []
    for each in track.segments.all():
        second = (each.start_ms or 0) // 1000
        anchor = f"{place}{second}" if place and second not in pointed else ""
        cues.append(Cue(anchor, each.start_ms or 0, each.end_ms or 0, each.speaker, foreign(each.text, track.language)))
        pointed.add(second)
    return cues
