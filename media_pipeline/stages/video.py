"""Films: every rung, sound alone and the plain sound from one process and one decode; later the lighter rungs in the same way."""

from ..derivative_names import AV1_MASTER, FILM_SOUND, FILMS, MASTER
from ..errors import Transient, Waiting
from ..processes import ffmpeg
from ..recipes import Rung
from .audio import check_sound
from .film_checks import check_ladder
from .film_commands import H264, film_outputs
from .film_ladder import sizes
from .length import few_frames, require_decoded_length, require_length
from .loudness import Measurement, chosen_track, header_lies, limits_for, measure
from .work import Output, Result, Work

ROUNDING_MS = 500  # what ffmpeg's progress may be ahead of the last frame


def make_ladder(work: Work) -> Result:
    """All rungs with their playlists, sound alone, the waveform, and the facts of the measurement."""
    require_length(work)
    measured, peaks, track = _measure(work)
    warnings: list[str] = []
    outputs, decoded_ms = _encoded(work, H264, MASTER, track, measured, warnings)
    outputs += peaks
    if track is not None:
        sounds = work.recipe.parameters["sound_alone"]["sounds"]
        assert measured is not None
        outputs += [check_sound(work, name, options, measured.duration_ms) for name, options in sounds.items()]
    if header_lies(work.info.duration_header_ms, decoded_ms):
        warnings.append("header_lies")
    facts = (measured.facts() if measured else {}) | {"duration_ms": decoded_ms}
    return Result(outputs, facts, warnings, tools={"ffmpeg": ffmpeg.version()})


def make_lighter(work: Work) -> Result:
    """The rungs in AV1 with a master of their own. Waits for an ffmpeg that makes them and can read back what it made."""
    if not ffmpeg.can_av1():
        raise Waiting("no_av1")
    if _stands_still(work):
        return Result(warnings=["few_frames"])
    measured, _peaks, track = _measure(work)
    outputs, _decoded_ms = _encoded(work, ffmpeg.AV1, AV1_MASTER, track, measured, [])
    return Result(outputs, tools={"ffmpeg": ffmpeg.version()})


def _encoded(
    work: Work, encoder: str, master: str, track: int | None, measured: Measurement | None, warnings: list[str]
) -> tuple[list[Output], int]:
    """Everything from one process, read back, under one master; and the milliseconds that were really there."""
    ladder = sizes(work.info, (Rung(**rung) for rung in work.recipe.parameters["rungs"]))
    duration_ms = measured.duration_ms if measured else work.info.duration_header_ms
    kilobits = sum(size.rung.cap + size.rung.sound for size in ladder) + 100
    encoding = ffmpeg.encode(
        film_outputs(work, encoder, ladder, track, measured, warnings),
        folder=work.folder,
        limits=limits_for(max(duration_ms or 0, work.info.duration_header_ms or 0) or None, kilobits),
        watch=work.watch,
        duration_ms=duration_ms,
        report=lambda part: work.report(0.05 + 0.9 * part),
    )
    outputs = check_ladder(work, ladder, master, track is not None and FILM_SOUND in work.recipe.parameters["sound_alone"])
    decoded_ms = max(outputs[len(ladder) - 1].duration_ms or 0, measured.duration_ms if measured else 0)
    if decoded_ms < encoding.written_ms - max(ROUNDING_MS, 0.02 * encoding.written_ms):
        raise Transient("bad_output", f"{decoded_ms} ms kept of {encoding.written_ms} ms")
    require_decoded_length(work, decoded_ms)
    if few_frames(encoding.frames, decoded_ms):
        warnings.append("few_frames")
    return outputs, decoded_ms


def _stands_still(work: Work) -> bool:
    """AV1 has equally many frames in each second, so a film with few of them would cost what its clock says; the rungs it has do not."""
    rung = next((path for name in FILMS if (path := work.fetch_derivative(name))), None)
    return rung is not None and few_frames(ffmpeg.count_frames(rung, "mov", folder=work.folder, watch=work.watch), work.duration_ms or 0)


def _measure(work: Work) -> tuple[Measurement | None, list[Output], int | None]:
    """Loudness and waveform of the chosen sound; a sound stream without a single sample is no sound."""
    track = chosen_track(work)
    if track is None:
        return None, [], None
    measured, peaks = measure(work, track)
    return (measured, peaks, track) if measured.duration_ms else (None, [], None)
