"""The files of a record as a reader may have them: pictures, recordings from light to heavy, documents page by page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from library.access import PUBLIC, Viewer, may_read_part
from media_pipeline.choices import Choice, Picture, track_url
from media_pipeline.models import Asset, TextTrack

from .wording import Wording, foreign, in_reader_language

if TYPE_CHECKING:
    from ..models import Record, RecordMedia

# name of a derivative → what a reader does with it; the rest keep the label of the pipeline
WAYS: dict[str, Promise] = {
    "a24": _("Nghe"),
    "a48": _("Nghe rõ hơn"),
    "aac96": _("Nghe, cho máy cũ"),
    "vaudio": _("Chỉ nghe tiếng của phim"),
    "v144": _("Xem nhỏ"),
    "v240": _("Xem vừa"),
    "v480": _("Xem rõ"),
    "v720": _("Xem rất rõ"),
    "v1080": _("Xem rõ nhất"),
}
PLAYABLE = {"sound", "film"}
SPOKEN = (TextTrack.Role.TRANSCRIPT, TextTrack.Role.CAPTIONS)
WRITTEN = {TextTrack.Role.PAGE_TEXT, TextTrack.Role.OCR}


@dataclass(frozen=True, slots=True)
class Label:
    """What is said under a file: what it shows, whose it is, what may be done with it."""

    caption: Wording
    alt: Wording
    credit: str
    made_note: str
    rights: str
    rights_url: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture; ``picture`` is None while its copies are being made."""

    label: Label
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class Way:
    """One way to hear or see a recording: its name, its file, its weight as thousandths of the heaviest."""

    name: str
    choice: Choice
    share: int

    @property
    def is_film(self) -> bool:
        """Whether the file has a picture."""
        return self.choice.role == "film"


@dataclass(frozen=True, slots=True)
class Caption:
    """Captions that the browser's own player can show."""

    url: str
    language: str
    label: str


@dataclass(frozen=True, slots=True)
class Cue:
    """One timed line of a transcript; ``anchor`` is where a search result or a citation points ("t=83" is second 83)."""

    anchor: str
    start_ms: int
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
    """Sound or film with every way to take it, lightest first, and its words."""

    number: int
    label: Label
    duration_ms: int | None
    ways: list[Way]
    original: Choice | None
    poster: str
    captions: list[Caption]
    transcripts: list[Transcript]


@dataclass(frozen=True, slots=True)
class Document:
    """One page of a document: its words, its picture, and where the other pages are."""

    number: int
    label: Label
    leaf: int
    leaves: int
    words: list[Wording]
    machine_read: bool
    scan: Choice | None
    original: Choice | None

    @property
    def previous(self) -> int | None:
        """The page before, if there is one."""
        return self.leaf - 1 if self.leaf > 1 else None

    @property
    def following(self) -> int | None:
        """The page after, if there is one."""
        return self.leaf + 1 if self.leaf < self.leaves else None


@dataclass(frozen=True, slots=True)
class Files:
    """All files of a record that the reader may have."""

    images: list[Image]
    recordings: list[Recording]
    documents: list[Document]


def files(record: "Record", viewer: Viewer, leaf: int = 1) -> Files:
    """The files of a record fetched for its page; ``leaf`` is the page of its documents that is open."""
    links = [link for link in record.media.all() if may_read_part(viewer, link.own_access, record)]
    kept: dict[str, list[RecordMedia]] = {}
    for link in links:
        kept.setdefault("recording" if link.asset.kind in {Asset.Kind.AUDIO, Asset.Kind.VIDEO} else link.asset.kind, []).append(link)
    may = _Permission(viewer, record)
    return Files(
        images=[Image(_label(link), link.asset.picture()) for link in kept.get(Asset.Kind.IMAGE, [])],
        recordings=[_recording(link, number, may) for number, link in enumerate(kept.get("recording", []), start=1)],
        documents=[_document(link, number, leaf, may) for number, link in enumerate(kept.get(Asset.Kind.DOCUMENT, []), start=1)],
    )


@dataclass(frozen=True, slots=True)
class _Permission:
    viewer: Viewer
    record: "Record"

    def tracks(self, asset: Asset) -> list[TextTrack]:
        """The tracks that the reader may have; a track may be more restricted than its file."""
        shown = [track for track in asset.tracks.all() if track.shown]
        return [track for track in shown if may_read_part(self.viewer, track.audience or PUBLIC, self.record)]


def _label(link: "RecordMedia") -> Label:
    return Label(
        caption=in_reader_language(link.caption_vi, link.caption_en),
        alt=in_reader_language(link.alt_vi, link.alt_en),
        credit=link.credit,
        made_note=link.made_note,
        rights=link.rights.label if link.rights else "",
        rights_url=link.rights.uri if link.rights else "",
    )


def _recording(link: "RecordMedia", number: int, may: _Permission) -> Recording:
    asset, choices = link.asset, link.asset.choices()
    playable = [choice for choice in choices if choice.role in PLAYABLE]
    heaviest = max((choice.size_bytes for choice in playable), default=1)
    picture, tracks = asset.picture(), may.tracks(asset)
    return Recording(
        number=number,
        label=_label(link),
        duration_ms=asset.duration_ms,
        ways=[_way(choice, heaviest) for choice in playable],
        original=_original(choices),
        poster=_poster(picture),
        captions=[
            Caption(track_url(asset, track), track.language, str(track)) for track in tracks if track.role == TextTrack.Role.CAPTIONS
        ],
        transcripts=_transcripts(tracks, number),
    )


def _way(choice: Choice, heaviest: int) -> Way:
    return Way(str(WAYS.get(choice.name, choice.label)), choice, max(4, round(choice.size_bytes * 1000 / heaviest)))


def _original(choices: Iterable[Choice]) -> Choice | None:
    return next((choice for choice in choices if choice.role == "original"), None)


def _poster(picture: Picture | None) -> str:
    """The lightest still of a film."""
    return min((each for _mime, sizes in picture.sources for each in sizes), key=lambda each: each.size_bytes).url if picture else ""


def _transcripts(tracks: list[TextTrack], number: int) -> list[Transcript]:
    """The words as spoken, the better track only, then each translation."""
    timed = [track for track in tracks if track.role not in WRITTEN and track.role != TextTrack.Role.CHAPTERS]
    spoken = sorted((track for track in timed if track.role in SPOKEN), key=lambda track: SPOKEN.index(TextTrack.Role(track.role)))
    chosen = spoken[:1] + [track for track in timed if track.role not in SPOKEN]
    places = ["t=" if number == 1 else f"{number}:t=", *("" for _track in chosen)]
    return [
        Transcript(_title(track), track.source == TextTrack.Source.MACHINE, _cues(track, place))
        for track, place in zip(chosen, places, strict=False)
    ]


def _title(track: TextTrack) -> str:
    """What the words are; with their language where it is not the page's."""
    role = track.get_role_display()
    return role if track.language == get_language() else f"{role} ({track.language})"


def _cues(track: TextTrack, place: str) -> list[Cue]:
    """The lines of a track; ``place`` begins the anchor of the first line of each second, the others cannot be pointed at."""
    pointed: set[int] = set()
    cues = []
    for each in track.segments.all():
        second = (each.start_ms or 0) // 1000
        anchor = f"{place}{second}" if place and second not in pointed else ""
        cues.append(Cue(anchor, each.start_ms or 0, each.speaker, foreign(each.text, track.language)))
        pointed.add(second)
    return cues


def _document(link: "RecordMedia", number: int, leaf: int, may: _Permission) -> Document:
    asset, choices = link.asset, link.asset.choices()
    read = [track for track in may.tracks(asset) if track.role in WRITTEN][:1]
    scans = [choice for choice in choices if choice.role == "page" and choice.name.startswith(f"page-{leaf}-")]
    return Document(
        number=number,
        label=_label(link),
        leaf=leaf,
        leaves=asset.pages or 1,
        words=[foreign(each.text, track.language) for track in read for each in track.segments.all() if each.page == leaf],
        machine_read=any(track.role == TextTrack.Role.OCR for track in read),
        scan=min(scans, key=lambda choice: choice.size_bytes, default=None),
        original=_original(choices),
    )
