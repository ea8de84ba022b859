"""One short film of maps and words, read by the machine voice. Frames are drawn here; ffmpeg is run by the media pipeline."""

import io
import textwrap
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from media_pipeline.processes import ffmpeg
from media_pipeline.processes.sandbox import ProcessLimits, Watch

from .maps import CREDIT, INDIGO, INK, SOFT, draw_map, font
from .speech import SpokenLine

SIZE = (1280, 720)
FRAMES_A_SECOND = 5
MAP_SCALE, MAP_CORNER = 1.24, (650, 32)


@dataclass(frozen=True, slots=True)
class Slide:
    """One picture of the film, shown while its title and its sentences are spoken."""

    title: str
    sentences: list[str]
    codes: Collection[str]
    english: list[str]  # what is spoken, sentence by sentence

    @property
    def spoken(self) -> list[str]:
        return [f"{self.title}.", *self.sentences]


def write_film(slides: Sequence[Slide], lines: Sequence[SpokenLine], sound: Path, path: Path) -> None:
    """Write an MP4 in which each slide stays while its sentences are spoken, and for the pause after them."""
    frames = path.with_suffix(".mjpeg")
    with frames.open("wb") as stream:
        first = 0
        for slide in slides:
            after = first + len(slide.spoken)
            until = lines[after].start if after < len(lines) else lines[-1].end + 1
            count = round(until * FRAMES_A_SECOND) - round(lines[first].start * FRAMES_A_SECOND)
            stream.write(_jpeg(_picture(slide)) * count)
            first = after
    picture = ffmpeg.source(frames, "mjpeg", f="mjpeg", framerate=FRAMES_A_SECOND)
    voice = ffmpeg.source(sound, "wav")
    film = ffmpeg.output(
        [picture.video, voice.audio],
        path,
        vcodec="libx264",
        pix_fmt="yuv420p",
        crf=28,
        preset="slow",
        acodec="aac",
        audio_bitrate="48k",
        movflags="+faststart",
    )
    ffmpeg.encode([film], folder=path.parent, limits=ProcessLimits(), watch=Watch())
    frames.unlink()


def write_flac(sound: Path, path: Path) -> None:
    """The recording without loss and smaller: what an archive keeps."""
    packed = ffmpeg.output([ffmpeg.source(sound, "wav").audio], path, acodec="flac")
    ffmpeg.encode([packed], folder=path.parent, limits=ProcessLimits(), watch=Watch())


def _picture(slide: Slide) -> Image.Image:
    image = draw_map(SIZE, slide.codes, origin=MAP_CORNER, scale=MAP_SCALE)
    pen = ImageDraw.Draw(image)
    title, words = (textwrap.wrap(text, width) for text, width in ((slide.title, 26), (" ".join(slide.sentences), 40)))
    pen.multiline_text((56, 96), "\n".join(title), fill=INDIGO, font=font(40, bold=True), spacing=8)
    pen.multiline_text((56, 128 + 56 * len(title)), "\n".join(words), fill=INK, font=font(26), spacing=10)
    pen.text((56, SIZE[1] - 48), CREDIT, fill=SOFT, font=font(17))
    return image


def _jpeg(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=88)
    return buffer.getvalue()
