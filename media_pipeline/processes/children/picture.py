"""The picture ladder: one decode, each width from the next larger, saved from a fresh pixel buffer without any metadata."""

import io
import math
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from ... import derivative_names as names
from ...looks import look_of
from .errors import ChildError
from .opening import BROKEN, ORIENTATION, TURNED, decoder_errors, load, opened, to_first_page

#: Formats by their short name: Pillow's name, media type, extension, extra save options.
ENCODERS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "jpg": ("JPEG", "image/jpeg", {"optimize": True, "progressive": True}),
    "webp": ("WEBP", "image/webp", {"method": 4}),
    "avif": ("AVIF", "image/avif", {"speed": 7, "max_threads": 1}),
}


#: Degrees clockwise → how Pillow turns, which counts the other way round.
TURNS = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
PSD_VERSION = 1057  # the resource of a PSD that says whether there is a merged picture
MAX_SIDE = 16383  # WebP's own limit; nothing that a screen shows is longer


def work(request: dict[str, Any]) -> dict[str, Any]:
    """``path opens_with folder stem widths qualities [by_vips turn widest]`` → outputs with name, path, mime, width, height; colour; look;
    warnings.

    ``stem`` begins each name: ``img`` gives img-800-webp. ``turn``: degrees clockwise; ``widest``: how wide to decode, before the turn.
    """
    image, warnings = _by_vips(request) or _by_pillow(request)
    outputs, colour = ladder(turned(image, request), request)
    return {"outputs": outputs, "colour": colour, "look": look_of(fresh(image, keep_transparency=False)), "warnings": warnings}


def turned(image: Image.Image, request: dict[str, Any]) -> Image.Image:
    """The picture turned clockwise by a multiple of 90 degrees, as staff asked."""
    turn = TURNS.get(request.get("turn", 0))
    return image if turn is None else image.transpose(turn)


def _widest(request: dict[str, Any]) -> int:
    return int(request.get("widest") or max(request["widths"]))


def _by_pillow(request: dict[str, Any]) -> tuple[Image.Image, list[str]]:
    with opened(request["path"], request["opens_with"]) as source:
        with decoder_errors():
            to_first_page(source)
        return decoded(source, _widest(request))


def _by_vips(request: dict[str, Any]) -> tuple[Image.Image, list[str]] | None:
    """None where libvips was not asked for, or leaves the picture to Pillow. ``by_vips`` is "plain" for pictures that both can read."""
    if not request.get("by_vips"):
        return None
    from . import vips

    only_plain = request["by_vips"] == "plain"
    page = _first_page(request)
    image = vips.reduced(request["path"], request["opens_with"], _widest(request), only_plain=only_plain, page=page)
    if image is None:
        return None
    return (image if image.mode in {"RGB", "RGBA"} else image.convert("RGBA" if image.mode == "LA" else "RGB")), []


def _first_page(request: dict[str, Any]) -> int:
    """The frame of a TIFF that is the picture: not a small copy before it."""
    if request["opens_with"] != "TIFF":
        return 0
    with opened(request["path"], "TIFF") as image, decoder_errors():
        return to_first_page(image)


def decoded(source: Any, widest: int) -> tuple[Image.Image, list[str]]:
    """The pixels as a reader should see them (first frame, turned, sRGB, 8 bits a channel), and warnings by code."""
    warnings = ["first_frame"] if getattr(source, "is_animated", False) and source.format in {"GIF", "PNG", "WEBP"} else []
    with decoder_errors():
        _draft(source, widest)
        source.load()
        image = _eight_bits(ImageOps.exif_transpose(_flat(source) if source.format == "PSD" else source))
        image, profile_ok = _srgb(image)
    if not profile_ok:
        warnings.append("colour_profile")
    return image, warnings


def _flat(source: Any) -> Image.Image:
    """The picture of all layers together that Photoshop wrote; a fourth channel is a selection that somebody saved. Raises ChildError."""
    if any(number == PSD_VERSION and data[4:5] == b"\x00" for number, _name, data in source.resources):
        raise ChildError("damaged", "psd_without_picture", "no merged picture")
    flat: Image.Image = source.convert("RGB") if source.mode == "RGBA" else source
    return flat


def _draft(source: Any, widest: int) -> None:
    """Let a JPEG come out smaller for nothing: half, a quarter or an eighth, but never below the widest rung."""
    if source.format in {"JPEG", "MPO"}:
        across = source.height if source.getexif().get(ORIENTATION) in TURNED else source.width
        scale = min(1.0, widest / across)
        source.draft(None, (math.ceil(source.width * scale), math.ceil(source.height * scale)))


def _eight_bits(image: Image.Image) -> Image.Image:
    """Grey with 16 or 32 bits is stretched from its own range; palettes become what they show."""
    if image.mode.startswith("I") or image.mode == "F":
        extrema: Any = image.getextrema()
        low, high = extrema
        low, high = (0, 65535) if image.mode.startswith("I;16") and high > 255 else (low, high)
        span = float(high - low) or 1.0
        return image.convert("F").point(lambda value: value * (255.0 / span) - low * 255.0 / span).convert("L")
    if image.mode == "1":
        return image.convert("L")
    if image.mode in {"P", "PA", "LA", "RGBa", "La"}:
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    return image


def _srgb(image: Image.Image) -> tuple[Image.Image, bool]:
    """The picture in sRGB; False when its own profile was broken and had to be ignored."""
    target = "RGBA" if image.has_transparency_data else "RGB"
    profile, ok = image.info.get("icc_profile"), True
    if profile or image.mode == "LAB":
        from PIL import ImageCms
    if image.mode == "LAB":
        lab, srgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, lab, srgb, outputMode="RGB") or image, True
    if profile and image.mode in {"RGB", "RGBA", "CMYK", "L"}:
        try:
            converted = ImageCms.profileToProfile(
                image, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode=target
            )
            assert converted is not None
            return converted, True
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            ok = False
    return (image if image.mode == target else image.convert(target)), ok


def ladder(image: Image.Image, request: dict[str, Any]) -> tuple[list[dict[str, Any]], str]:
    """All rungs, each made from the next larger; and the dominant colour of the smallest."""
    if max(image.size) > MAX_SIDE:
        image = ImageOps.contain(image, (MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    outputs: list[dict[str, Any]] = []
    for width in rungs(image.width, request["widths"]):
        height = max(1, round(image.height * width / image.width))
        if width != image.width:
            image = _resized(image, (width, height), by_vips=bool(request.get("by_vips")))
        outputs += _encode(image, Path(request["folder"]), request["stem"], width, request["qualities"])
    return outputs, dominant_colour(image)


def _resized(image: Image.Image, size: tuple[int, int], *, by_vips: bool) -> Image.Image:
    if by_vips and image.mode == "RGB":
        from . import vips

        return vips.resized(image, size)
    return image.resize(size, Image.Resampling.LANCZOS)


def rungs(original: int, widths: list[int]) -> list[int]:
    """The widths to make, large to small: never larger than the original, and the original's own if all are."""
    return sorted((width for width in widths if width <= original), reverse=True) or [original]


def _encode(image: Image.Image, folder: Path, stem: str, width: int, qualities: dict[str, int]) -> list[dict[str, Any]]:
    """One size in each format; AVIF and WebP are dropped where they are not smaller than the JPEG."""
    outputs = [_save(image, folder / names.picture(stem, width, short), short, quality) for short, quality in qualities.items()]
    limit = next((each["bytes"] for each in outputs if each["mime"] == "image/jpeg"), None)
    return [each for each in outputs if limit is None or each["mime"] == "image/jpeg" or each["bytes"] < limit]


def _save(image: Image.Image, path: Path, short: str, quality: int) -> dict[str, Any]:
    kind, mime, options = ENCODERS[short]
    load(kind)
    clean = fresh(image, keep_transparency=kind != "JPEG")
    clean.save(path, kind, quality=quality, **options)
    verify(path, kind, clean.size)
    return {
        "name": path.name,
        "path": str(path),
        "mime": mime,
        "width": clean.width,
        "height": clean.height,
        "bytes": path.stat().st_size,
    }


def fresh(image: Image.Image, *, keep_transparency: bool) -> Image.Image:
    """The same pixels in a new buffer: no EXIF, comment, profile or thumbnail can travel along. Without transparency: on white."""
    if image.mode == "RGBA" and not keep_transparency:
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        return ground
    clean = Image.new(image.mode, image.size)
    clean.paste(image)
    return clean


def verify(path: Path, kind: str, size: tuple[int, int]) -> None:
    """The written file opens as what it should be, decodes whole, and carries nothing but pixels; else it is our fault."""
    try:
        actual, carried = _read_back(path, kind)
    except BROKEN as error:
        raise ChildError("transient", "bad_output", f"{path.name}: {error}"[:300]) from error
    if actual != size or carried:
        raise ChildError("transient", "bad_output", f"{path.name}: {actual} {sorted(carried)}")


def _read_back(path: Path, kind: str) -> tuple[tuple[int, int], set[str]]:
    """The size of a picture, decoded whole, and the names of what it carries beside pixels."""
    with Image.open(path, formats=[kind]) as image:
        size = image.size
        image.draft(None, (1, 1))  # a JPEG is read to its end all the same, but drawn at an eighth
        image.load()
        told = {str(name) for name, value in image.info.items() if value} | ({"exif"} if len(image.getexif()) else set())
    return size, told & {"exif", "icc_profile", "xmp", "comment", "XML:com.adobe.xmp", "photoshop"}


def dominant_colour(image: Image.Image) -> str:
    """The most frequent colour of a coarse version, as six hex digits."""
    small = fresh(image, keep_transparency=False).convert("RGB").resize((48, 48), Image.Resampling.BOX)
    counted = small.quantize(8, Image.Quantize.MEDIANCUT)
    palette = counted.getpalette() or [0, 0, 0]
    most: Any = max(counted.getcolors() or [(1, 0)])[1]
    return "{:02x}{:02x}{:02x}".format(*palette[3 * most : 3 * most + 3])
