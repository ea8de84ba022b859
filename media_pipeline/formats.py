"""The table of what is taken: each format with its kind, type and the one parser it may meet.

Demuxer names are ffmpeg's; they are its whole world when it opens a file of this format (``-format_whitelist``).
"""

from dataclasses import dataclass

IMAGE, AUDIO, VIDEO, DOCUMENT = "image", "audio", "video", "document"
BOOKS = ("pdf", "tiff")  # formats whose files may have pages
CHUNKED = ("wav", "w64", "aiff", "caf")  # formats whose header counts the bytes of the sound
PILLOW, FFPROBE, PDFIUM, NONE = "pillow", "ffprobe", "pdfium", "none"


@dataclass(frozen=True, slots=True)
class Format:
    """One format. ``opens_with`` is the name its parser knows it by: a Pillow format or an ffmpeg demuxer."""

    code: str
    kind: str
    mime: str
    parser: str = NONE
    opens_with: str = ""
    sound_mime: str = ""  # the type of the same container without pictures


_TABLE = [
    Format("jpeg", IMAGE, "image/jpeg", PILLOW, "JPEG"),
    Format("png", IMAGE, "image/png", PILLOW, "PNG"),
    Format("tiff", IMAGE, "image/tiff", PILLOW, "TIFF"),
    Format("webp", IMAGE, "image/webp", PILLOW, "WEBP"),
    Format("avif", IMAGE, "image/avif", PILLOW, "AVIF"),
    Format("heic", IMAGE, "image/heic", PILLOW, "HEIF"),
    Format("jp2", IMAGE, "image/jp2", PILLOW, "JPEG2000"),
    Format("gif", IMAGE, "image/gif", PILLOW, "GIF"),
    Format("bmp", IMAGE, "image/bmp", PILLOW, "BMP"),
    Format("psd", IMAGE, "image/vnd.adobe.photoshop", PILLOW, "PSD"),
    Format("wav", AUDIO, "audio/wav", FFPROBE, "wav"),
    Format("w64", AUDIO, "audio/wav", FFPROBE, "w64"),
    Format("aiff", AUDIO, "audio/aiff", FFPROBE, "aiff"),
    Format("flac", AUDIO, "audio/flac", FFPROBE, "flac"),
    Format("mp3", AUDIO, "audio/mpeg", FFPROBE, "mp3"),
    Format("aac", AUDIO, "audio/aac", FFPROBE, "aac"),
    Format("amr", AUDIO, "audio/amr", FFPROBE, "amr"),
    Format("caf", AUDIO, "audio/x-caf", FFPROBE, "caf"),
    Format("ogg", VIDEO, "video/ogg", FFPROBE, "ogg", "audio/ogg"),
    Format("mov", VIDEO, "video/quicktime", FFPROBE, "mov", "audio/mp4"),
    Format("mp4", VIDEO, "video/mp4", FFPROBE, "mov", "audio/mp4"),
    Format("matroska", VIDEO, "video/x-matroska", FFPROBE, "matroska", "audio/x-matroska"),
    Format("webm", VIDEO, "video/webm", FFPROBE, "matroska", "audio/x-matroska"),
    Format("avi", VIDEO, "video/x-msvideo", FFPROBE, "avi"),
    Format("mpegts", VIDEO, "video/mp2t", FFPROBE, "mpegts"),
    Format("mpeg", VIDEO, "video/mpeg", FFPROBE, "mpeg"),
    Format("asf", VIDEO, "video/x-ms-wmv", FFPROBE, "asf", "audio/x-ms-wma"),
    Format("flv", VIDEO, "video/x-flv", FFPROBE, "flv"),
    Format("mxf", VIDEO, "application/mxf", FFPROBE, "mxf"),
    Format("dv", VIDEO, "video/x-dv", FFPROBE, "dv"),
    Format("pdf", DOCUMENT, "application/pdf", PDFIUM),
    # kept as attachments only
    Format("docx", DOCUMENT, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    Format("odt", DOCUMENT, "application/vnd.oasis.opendocument.text"),
    Format("epub", DOCUMENT, "application/epub+zip"),
    Format("text", DOCUMENT, "text/plain"),
]

FORMATS: dict[str, Format] = {each.code: each for each in _TABLE}
