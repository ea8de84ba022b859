"""The passages inside a record: pages, captions, verses, each with its own access tokens and the place to open. A pure reading of
prefetched rows (search design, 5.4)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from library.access import PUBLIC, access_tokens, strictest
from library.records.models import Record, RecordMedia
from media_pipeline.models import Asset, Segment, TextTrack

from ..analysis import mended
from ..engines.base import PassageDocument

LONGEST_JOINED = 20_000  # milliseconds of neighbouring cues that make one passage
LONGEST_PAGE = 400  # words; longer pages are cut at paragraphs


@dataclass(frozen=True, slots=True)
class _PassagePart:
    """A part of a record with an access level of its own, as library.access asks for it."""

    access_level: str
    published: bool
    community_ids: Iterable[int]
    office_path: str
    created_by_id: int | None


def passages_of(record: Record) -> Iterator[PassageDocument]:
    """The passages of all files of a record fetched by ``documents.indexable``."""
    for link in record.media.all():
        if link.asset.state == Asset.State.WITHDRAWN:
            continue
        for track in link.asset.tracks.all():
            level = strictest(record.access_level, link.own_access, track.audience or PUBLIC)
            part = _PassagePart(level, record.published, record.community_ids, record.office_path, record.created_by_id)
            tokens = tuple(access_tokens(part))
            segments = [segment for segment in track.segments.all() if segment.text.strip()]
            for position, (text, locator) in enumerate(_timed(segments) if track.timed else _paged(segments)):
                yield PassageDocument(
                    key=f"{link.pk}-{track.pk}-{position}",
                    kind=str(track.role),
                    position=position,
                    texts=(text,),
                    locator={**_file(link, track), **locator},
                    access_tokens=tokens,
                )


def opening_second(locator: Mapping[str, Any], offset: int) -> int:
    """The second of a timed passage at which the character at ``offset`` of its text is spoken."""
    start = int(locator.get("start_ms", 0))
    for place, milliseconds in locator.get("cues", ()):
        if place > offset:
            break
        start = milliseconds
    return start // 1000


def _file(link: RecordMedia, track: TextTrack) -> dict[str, Any]:
    return {"media": link.pk, "asset": str(link.asset.uuid), "track": track.pk}


def _timed(segments: Iterable[Segment]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Neighbouring cues of one speaker joined; ``cues`` tells where in the text each begins, and when."""
    joined: list[Segment] = []
    for segment in segments:
        if joined and (segment.speaker != joined[0].speaker or (segment.end_ms or 0) - (joined[0].start_ms or 0) > LONGEST_JOINED):
            yield _joined(joined)
            joined = []
        joined.append(segment)
    if joined:
        yield _joined(joined)


def _joined(segments: list[Segment]) -> tuple[str, dict[str, Any]]:
    text, cues = "", []
    for segment in segments:
        text += " " if text else ""
        cues.append([len(text), segment.start_ms])
        text += mended(segment.text.strip())
    return text, {"start_ms": segments[0].start_ms, "end_ms": max(segment.end_ms or 0 for segment in segments), "cues": cues}


def _paged(segments: Iterable[Segment]) -> Iterator[tuple[str, dict[str, Any]]]:
    for segment in segments:
        for text in _paragraphs(segment.text):
            locator = {"page": segment.page, "box": segment.box}
            yield text, {name: value for name, value in locator.items() if value is not None}


def _paragraphs(text: str) -> Iterator[str]:
    """The text whole, or in runs of paragraphs of at most so many words."""
    run: list[str] = []
    count = 0
    for paragraph in text.split("\n\n"):
        words = len(paragraph.split())
        if run and count + words > LONGEST_PAGE:
            yield "\n\n".join(run)
            run, count = [], 0
        run.append(paragraph)
        count += words
    yield "\n\n".join(run)
