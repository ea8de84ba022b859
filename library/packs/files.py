"""Which file of a record goes into a pack of which weight: the smallest rendition of each kind. Variation is this table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from library.access import ANONYMOUS, PUBLIC, may_read_part
from library.pages.presentation.record.page import RecordPage
from library.presentation.media.file_labels import Label
from library.presentation.media.recordings import Recording
from library.presentation.media.transcripts import Transcript
from library.presentation.wording import Wording
from library.records.access.files import level_of_track
from library.records.models import Record
from media_pipeline.available_renditions import Picture, derivative_url
from media_pipeline.models import Asset, Derivative

from .models import Weight

PICTURE_WIDTH = 400  # of a picture in a pack: as wide as a telephone
PICTURE, SOUND, FILM = "picture", "sound", "film"


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file as a page of the pack shows it; ``path`` is empty where the file itself does not go along."""

    kind: str
    label: Label
    derivative: Derivative | None
    duration_ms: int | None = None
    transcripts: tuple[Transcript, ...] = ()
    words: tuple[Wording, ...] = ()

    @property
    def path(self) -> str:
        """Where it lies in the pack."""
        return path_of(self.derivative) if self.derivative else ""


def path_of(derivative: Derivative) -> str:
    """Where a derivative lies in a pack."""
    return f"files/{derivative.asset.uuid}-{derivative.file_name}"


def packed_files(record: Record, page: RecordPage, weight: str) -> list[PackedFile]:
    """The files of a record fetched for its page, as far as everybody may have them (``page``) and the weight takes them."""
    by_address = {
        derivative_url(link.asset, each): _of_asset(each, link.asset) for link in record.media.all() for each in link.asset.current
    }
    taken, rank = page.files, Weight(weight).rank
    pictures = [PackedFile(PICTURE, image.label, by_address.get(_small(image.picture))) for image in taken.images if image.picture]
    scans = [
        PackedFile(PICTURE, each.label, by_address.get(each.scans[0].url) if each.scans else None, words=tuple(each.words))
        for each in taken.documents
    ]
    recordings = [_recording(each, by_address, rank) for each in taken.recordings]
    with_pictures = rank >= Weight.PICTURES.rank
    return [each if with_pictures else _without_file(each) for each in [*pictures, *scans]] + recordings


def shown_keys(record: Record, files: Iterable[PackedFile]) -> tuple[list[int], list[int]]:
    """Keys of the files, and of their text tracks, that the pack shows: what must stay open for the pack to stay open."""
    assets = {each.derivative.asset_id for each in files if each.derivative}
    tracks = []
    for link in record.media.all():
        if may_read_part(ANONYMOUS, link.own_access, record) and link.asset.state != Asset.State.WITHDRAWN:
            tracks += [track.pk for track in link.asset.tracks.all() if level_of_track(track) == PUBLIC]
    return sorted(assets), sorted(tracks)


def _of_asset(derivative: Derivative, asset: Asset) -> Derivative:
    """The derivative with its file at hand, without a query."""
    derivative.asset = asset
    return derivative


def _without_file(file: PackedFile) -> PackedFile:
    return PackedFile(file.kind, file.label, None, words=file.words)


def _small(picture: Picture) -> str:
    """The address of the JPEG, which every browser reads, that is widest below PICTURE_WIDTH."""
    jpegs = dict(picture.sources)["image/jpeg"]
    return max((each for each in jpegs if each.width <= PICTURE_WIDTH), key=lambda each: each.width, default=picture.smallest).url


#: Kind of a recording's file → from which weight on it goes along. A recording takes the first that it has.
_RECORDED: tuple[tuple[str, int], ...] = ((FILM, Weight.FILM.rank), (SOUND, Weight.SOUND.rank))


def _recording(recording: Recording, by_address: Mapping[str, Derivative], rank: int) -> PackedFile:
    own = [each.rendition for each in recording.renditions if not each.rendition.other_sound]  # the lightest first
    taken = [(kind, each.url) for kind, from_rank in _RECORDED if rank >= from_rank for each in own if each.role == kind]
    kind, address = next(iter(taken), (SOUND, ""))
    return PackedFile(kind, recording.label, by_address.get(address), recording.duration_ms, tuple(recording.transcripts))
