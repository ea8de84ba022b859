"""The renditions that a reader may take: every current derivative with its true size, its label and its address. No query, no policy here.

Works on prefetched rows (``derivatives``, ``tracks``, ``original``): a page with many assets costs no query for each.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from . import derivative_names as names
from .file_names import EXTENSIONS
from .models import Asset, Derivative, TextTrack

#: Best first: what a <picture> offers before the JPEG that every browser reads.
PICTURE_TYPES = ["image/avif", "image/webp", "image/jpeg"]
TELEPHONE = 400  # pixels


@dataclass(frozen=True, slots=True)
class Rendition:
    """One rendition. ``role`` is text, picture, sound, film, page, playlist (adaptive film) or original."""

    name: str
    label: str
    mime: str
    codecs: str
    width: int | None
    height: int | None
    duration_ms: int | None
    size_bytes: int
    url: str
    role: str
    largest_bytes: int | None = None  # adaptive film: the largest rung; size_bytes is the smallest
    fallback: str = ""  # of a film in AV1: the name of the same film that every device reads
    other_sound: str = ""  # of a sound track that is not the recording's own: its language as the file says it, its number, or both


@dataclass(frozen=True, slots=True)
class PictureFile:
    """One width of one format. Its address is worked out when it is asked for: of ten files a list shows two."""

    asset: UUID
    file_name: str
    width: int
    height: int
    size_bytes: int

    @property
    def url(self) -> str:
        """The address of the file."""
        return _file_url(self.asset, self.file_name)


@dataclass(frozen=True, slots=True)
class Picture:
    """What a <picture> element needs: the widths of each type, best type first; ``smallest`` and ``largest`` are JPEGs."""

    sources: list[tuple[str, list[PictureFile]]]
    smallest: PictureFile
    largest: PictureFile
    colour: str

    def srcset(self, mime: str) -> str:
        """The srcset attribute of one type."""
        return ", ".join(f"{each.url} {each.width}w" for each in dict(self.sources).get(mime, []))

    @property
    def sets(self) -> list[tuple[str, str]]:
        """Type and srcset of every type but the JPEG's, for <source> elements."""
        return [(mime, self.srcset(mime)) for mime, _files in self.sources if mime != "image/jpeg"]

    @property
    def light(self) -> PictureFile:
        """The file for readers who have little room: as wide as a telephone, in the lightest type that every browser with workers reads."""
        files = dict(self.sources).get("image/webp") or dict(self.sources)["image/jpeg"]
        return max((file for file in files if file.width <= TELEPHONE), key=lambda file: file.width, default=files[0])

    @property
    def tiny(self) -> list[tuple[str, str]]:
        """Type and address of the smallest file of every type but the JPEG's: for readers who save data."""
        return [(mime, files[0].url) for mime, files in self.sources if mime != "image/jpeg"]


def derivative_url(asset: Asset, derivative: Derivative) -> str:
    """The address of a derivative."""
    return _file_url(asset.uuid, derivative.file_name)


def _file_url(asset: UUID, file_name: str) -> str:
    return reverse("media:file", args=[asset, file_name])


def url_of(asset: Asset, name: str) -> str:
    """The address of a current derivative, the original or a track by name; empty when there is none."""
    if name == names.ORIGINAL:
        return _file_url(asset.uuid, f"{names.ORIGINAL}.{EXTENSIONS[asset.original.mime]}")
    for derivative in asset.current:
        if derivative.name == name:
            return derivative_url(asset, derivative)
    return next((track_url(asset, track) for track in asset.tracks.all() if track.name == name), "")


def track_url(asset: Asset, track: TextTrack) -> str:
    """The address of a track: WebVTT when it has times, plain text when it has pages."""
    return _file_url(asset.uuid, f"{track.name}.{'vtt' if track.timed else 'txt'}")


_LABELS: dict[str, Callable[[Derivative], str]] = {
    Derivative.Role.PICTURE: lambda each: _("Ảnh rộng %(width)d điểm") % {"width": each.width or 0},
    Derivative.Role.SOUND: lambda each: _sound_label(each),
    Derivative.Role.FILM: lambda each: _film_label(each),
    Derivative.Role.PAGE: lambda each: _("Trang %(page)s, rộng %(width)d điểm") % {"page": page_of(each), "width": each.width or 0},
}


def _film_label(derivative: Derivative) -> str:
    values = {"lines": min(derivative.width or 0, derivative.height or 0)}
    return (_("Phim %(lines)d dòng, AV1") if _is_av1(derivative) else _("Phim %(lines)d dòng")) % values


def _is_av1(derivative: Derivative) -> bool:
    return derivative.codecs.startswith("av01")


def _sound_label(derivative: Derivative) -> str:
    values = {"rate": round((derivative.average_bitrate or 0) / 1000), "track": other_sound_of(derivative)}
    if values["track"]:
        return _("Đường tiếng khác (%(track)s), %(rate)d kbit/giây") % values
    return _("Chỉ nghe, %(rate)d kbit/giây") % values


def other_sound_of(derivative: Derivative) -> str:
    """What stands after the quality in the name a24-tay; empty for the recording's own sound."""
    return names.read_sound(derivative.name)[1] if derivative.role == Derivative.Role.SOUND else ""


def page_of(derivative: Derivative) -> int:
    """The page number in the name page-12-800-webp."""
    return names.read_picture(derivative.name).page


def renditions_of(asset: Asset) -> list[Rendition]:
    """All renditions: text first, then from small to large. An adaptive film is sorted by its smallest rung."""
    renditions = [_rendition(asset, each) for each in asset.current if each.role in _LABELS]
    adaptive = _adaptive(asset)
    rest = sorted(renditions + ([adaptive] if adaptive else []) + _published_original(asset), key=lambda each: each.size_bytes)
    return [_track_rendition(asset, each) for each in asset.tracks.all() if each.shown] + rest


def smallest_bytes(asset: Asset) -> int | None:
    """The size of the smallest rendition to see or hear; None where there is none. Of an adaptive film, that of its smallest rung."""
    sizes = [each.size_bytes for each in asset.current if each.role in _LABELS]
    return min([*sizes, asset.original.size] if asset.publish_original else sizes, default=None)


def _rendition(asset: Asset, derivative: Derivative) -> Rendition:
    return Rendition(
        name=derivative.name,
        label=_LABELS[derivative.role](derivative),
        mime=derivative.mime,
        codecs=derivative.codecs,
        width=derivative.width,
        height=derivative.height,
        duration_ms=derivative.duration_ms,
        size_bytes=derivative.size_bytes,
        url=derivative_url(asset, derivative),
        role=derivative.role,
        fallback=names.fallback(derivative.name) if _is_av1(derivative) else "",
        other_sound=other_sound_of(derivative),
    )


def _adaptive(asset: Asset) -> Rendition | None:
    master = next((each for each in asset.current if each.name == names.MASTER), None)
    rungs = [each.size_bytes for each in asset.current if each.role == Derivative.Role.FILM and not _is_av1(each)]
    if master is None or not rungs:
        return None
    url = derivative_url(asset, master)
    label = _("Phim, tự chọn cỡ theo đường truyền")
    return Rendition(names.MASTER, label, master.mime, "", None, None, master.duration_ms, min(rungs), url, "playlist", max(rungs))


def _track_rendition(asset: Asset, track: TextTrack) -> Rendition:
    mime, url = "text/vtt" if track.timed else "text/plain", track_url(asset, track)
    return Rendition(track.name, str(track), mime, "", None, None, asset.duration_ms, track.text_bytes, url, "text")


def _published_original(asset: Asset) -> list[Rendition]:
    if not asset.publish_original:
        return []
    blob, url = asset.original, url_of(asset, names.ORIGINAL)
    label = _("Tệp gốc")
    return [Rendition(names.ORIGINAL, label, blob.mime, "", asset.width, asset.height, asset.duration_ms, blob.size, url, "original")]


#: Which derivatives stand for an asset as a picture.
_PICTURE_STEMS = {"image": names.IMAGE, "video": names.POSTER, "document": names.page_stem(1)}


def picture_of(asset: Asset) -> Picture | None:
    """The image itself, the film's poster or the document's first page; None for sound and while there is none yet."""
    stem = _PICTURE_STEMS.get(asset.kind)
    pictures = [each for each in asset.current if stem and each.name.startswith(names.prefix(stem))]
    sources = []
    for mime in PICTURE_TYPES:
        files = [
            PictureFile(asset.uuid, each.file_name, each.width or 1, each.height or 1, each.size_bytes)
            for each in sorted(pictures, key=lambda each: each.width or 0)
            if each.mime == mime
        ]
        if files:
            sources.append((mime, files))
    jpegs = dict(sources).get("image/jpeg")
    return Picture(sources, jpegs[0], jpegs[-1], asset.dominant_colour) if jpegs else None
