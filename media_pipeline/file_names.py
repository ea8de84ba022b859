"""Names of files: names from people, made safe to show; and our own extensions, the only ones in addresses."""

import unicodedata
from urllib.parse import quote

from django.utils.translation import gettext as _

from .text.cleaning import clean_line

#: Our own table: media type → extension. What is not here is never served.
EXTENSIONS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/avif": "avif",
    "image/gif": "gif",
    "image/tiff": "tif",
    "image/bmp": "bmp",
    "image/vnd.adobe.photoshop": "psd",
    "image/heic": "heic",
    "image/jp2": "jp2",
    "audio/ogg": "opus",
    "audio/mp4": "m4a",
    "audio/mpeg": "mp3",
    "audio/wav": "wav",
    "audio/aiff": "aiff",
    "audio/flac": "flac",
    "audio/aac": "aac",
    "audio/amr": "amr",
    "audio/x-ms-wma": "wma",
    "audio/x-caf": "caf",
    "audio/x-matroska": "mka",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/webm": "webm",
    "video/x-matroska": "mkv",
    "video/x-msvideo": "avi",
    "video/mp2t": "ts",
    "video/mpeg": "mpg",
    "video/x-ms-wmv": "wmv",
    "video/x-flv": "flv",
    "video/ogg": "ogv",
    "video/x-dv": "dv",
    "application/mxf": "mxf",
    "application/pdf": "pdf",
    "application/epub+zip": "epub",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "text/plain": "txt",
    "text/vtt": "vtt",
    "application/x-subrip": "srt",
    "application/xml": "eaf",
    "application/vnd.apple.mpegurl": "m3u8",
    "application/octet-stream": "dat",
    "application/json": "json",
    "application/zip": "zip",
}


def displayable(name: str) -> str:
    """The name in NFC, without control, direction and surrogate characters, at most 200 characters long."""
    printable = "".join(char for char in clean_line(name) if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    return printable.strip()[:200] or _("không tên")


def clock_ms(seconds: str) -> int:
    """A number of seconds as people write it (comma or point, any minus sign), in milliseconds. Raises ValueError."""
    return round(float(seconds.strip().replace(",", ".").replace("−", "-")) * 1000)


def storable(name: str) -> str:
    """The name as it was sent, in NFC (Macs send it decomposed) and on one line without control characters."""
    return clean_line(name)[:1000]


def disposition(name: str, *, attachment: bool) -> str:
    """A Content-Disposition in RFC 5987 form only: no byte of the name can end the header or start another."""
    return f"{'attachment' if attachment else 'inline'}; filename*=UTF-8''{quote(displayable(name).replace('/', '_'), safe='')}"
