"""The ffmpeg outputs of a film: one decode feeds every rung, the sound alone and the plain sounds."""

from typing import Any

from ..derivative_names import FILM_SOUND
from ..probe import MediaInfo
from ..processes import ffmpeg
from .audio import sound_output
from .film_ladder import Size
from .loudness import Measurement, gain_db
from .work import Work

H264 = "libx264"
EARLY = 0.75
VARIABLE_CLOCK = "1:1000"  # finer than the rate that a header guesses, in which frames would fall together
FIELDS = 2  # deinterlacing makes a frame of each field
USUAL_RATE = 25.0  # frames a second of a film that does not say


def film_outputs(
    work: Work, encoder: str, ladder: list[Size], track: int | None, measured: Measurement | None, warnings: list[str]
) -> list[Any]:
    """Every output of one ffmpeg process, in the order of the ladder; adds the codes of warnings to ``warnings``."""
    source = ffmpeg.source(work.source, work.opens_with)
    whole = _thinned(source[str(work.info.video_index)], max(size.rung.frames_per_second for size in ladder))
    pictures = _scaled(_prepared(whole, work.info, warnings), ladder)
    sound_alone = work.recipe.parameters["sound_alone"]
    sounds: Any = None
    if track is not None and measured is not None:
        gain = gain_db(measured, work.recipe.parameters["loudness"])
        copies = len(ladder) + (FILM_SOUND in sound_alone) + len(sound_alone["sounds"])
        sounds = source[str(track)].filter("volume", f"{gain}dB").filter_multi_output("asplit", copies)
    commands = [_rung(work, encoder, size, pictures[place], sounds and sounds[place]) for place, size in enumerate(ladder)]
    if sounds and FILM_SOUND in sound_alone:
        place = len(ladder)
        commands.append(_hls(work, FILM_SOUND, [sounds[place]], **_aac(sound_alone[FILM_SOUND], 2)))
        for offset, (name, options) in enumerate(sound_alone["sounds"].items(), start=1):
            commands.append(sound_output(sounds[place + offset], work.folder / name, options))
    return commands


def _thinned(stream: Any, frames_per_second: float) -> Any:
    """No more frames than that, and none twice, whatever clock they came with; a frame may come a little early."""
    apart = EARLY / frames_per_second
    return stream.filter("select", f"isnan(t)+isnan(prev_selected_t)+gte(abs(t-prev_selected_t),{apart:.6f})")


def _prepared(stream: Any, info: MediaInfo, warnings: list[str]) -> Any:
    """Progressive, in the colours that every screen shows; ffmpeg turns the picture upright by itself."""
    if info.interlaced:
        stream = stream.filter("bwdif")
    if info.hdr and ffmpeg.has_filter("zscale"):
        stream = stream.filter("zscale", t="linear", npl=100).filter("format", "gbrpf32le").filter("zscale", p="bt709")
        stream = stream.filter("tonemap", "hable", desat=0).filter("zscale", t="bt709", m="bt709", r="tv")
    elif info.hdr:
        warnings.append("hdr_plain")
    return stream


def _scaled(stream: Any, ladder: list[Size]) -> list[Any]:
    """The picture of every rung, each scaled from the next larger: as good as from the source, with two thirds of the work."""
    pictures: list[Any] = []
    for size in reversed(ladder):
        stream = stream.filter("scale", size.width, size.height, flags="lanczos").filter("format", "yuv420p")
        if size is not ladder[0]:
            halves = stream.filter_multi_output("split", 2)
            pictures.insert(0, halves[0])
            stream = halves[1]
    return [stream, *pictures]


def _rung(work: Work, encoder: str, size: Size, picture: Any, sound: Any) -> Any:
    if encoder == ffmpeg.AV1:
        rate = size.frames_per_second or work.info.frames_per_second or USUAL_RATE
        options, picture = _av1(work, rate), picture.filter("fps", rate)
    else:
        options, picture = _h264(work, size.rung.cap), _thinned(_divided(picture, work.info, size), size.rung.frames_per_second)
    picture = picture.filter("setsar", 1)
    streams = [picture]
    if sound:
        streams.append(sound)
        options |= _aac(size.rung.sound, size.rung.channels)
    return _hls(work, size.rung.name, streams, **options)


def _divided(picture: Any, info: MediaInfo, size: Size) -> Any:
    """Every second, fourth … frame, where the rung's rate is a half, a quarter … of the film's."""
    decoded_rate = info.frames_per_second * (FIELDS if info.interlaced else 1)
    step = round(decoded_rate / size.frames_per_second) if size.frames_per_second else 1
    return picture.filter("framestep", step) if step > 1 else picture


def _h264(work: Work, cap: int) -> dict[str, Any]:
    parameters = work.recipe.parameters
    clock = {"enc_time_base": VARIABLE_CLOCK} if work.info.variable_rate else {}
    return clock | {
        "c:v": H264,
        "preset": parameters["preset"],
        "crf": parameters["crf"],
        "maxrate": f"{cap}k",
        "bufsize": f"{2 * cap}k",
        "force_key_frames": f"expr:{_first_of_each(parameters['segment_seconds'])}",
        "sc_threshold": 0,
        "fps_mode": "vfr",
    }


def _first_of_each(seconds: int) -> str:
    """True for the first frame in every so many seconds, after a pause too. A thousandth is what rates such as 30000/1001 round off."""
    return f"isnan(prev_forced_t)+gt(floor((t+0.001)/{seconds}),floor((prev_forced_t+0.001)/{seconds}))"


def _av1(work: Work, rate: float) -> dict[str, Any]:
    """This encoder cuts after a number of frames, not at a time, so every second has the same number of frames."""
    parameters = work.recipe.parameters
    return {
        "c:v": ffmpeg.AV1,
        "preset": parameters["preset"],
        "crf": parameters["crf"],
        "g": round(rate * parameters["segment_seconds"]),
        "svtav1-params": "lp=1",
        "fps_mode": "cfr",
    }


def _aac(kilobits: int, channels: int) -> dict[str, Any]:
    return {"c:a": "aac", "b:a": f"{kilobits}k", "ac": channels}


def _hls(work: Work, name: str, streams: list[Any], **options: Any) -> Any:
    """One single-file output; its playlist is only read for the byte ranges."""
    packaging = {
        "f": "hls",
        "hls_segment_type": "fmp4",
        "hls_flags": "single_file+independent_segments",
        "hls_time": work.recipe.parameters["segment_seconds"],
        "hls_playlist_type": "vod",
        "sn": None,
        "dn": None,
    }
    return ffmpeg.output(streams, work.folder / f"{name}.m3u8", **packaging, **options)
