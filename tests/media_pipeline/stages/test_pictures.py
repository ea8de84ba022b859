"""The picture ladder: right sizes, right colours, nothing of the original but its pixels."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageStat

from media_pipeline.actions import turn
from media_pipeline.available_renditions import picture_of, renditions_of, smallest_bytes
from media_pipeline.models import Asset, Derivative
from media_pipeline.recipes import BY_NAME, recipe_hash
from media_pipeline.stages import image
from media_pipeline.storage.local import LocalStorage
from tests.media_pipeline.fixtures import picture_bytes

pytestmark = pytest.mark.django_db(transaction=True)

Take, WorkOff = Callable[..., Asset], Callable[[], int]


def opened(media: LocalStorage, derivative: Derivative) -> Image.Image:
    return Image.open(io.BytesIO(b"".join(media.stream(derivative.blob.key))))


def exif_with_place(orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x9C9D] = "CANARY-OWNER".encode("utf-16-le")
    exif[0x8298] = "CANARY-OWNER"
    exif.get_ifd(0x8825).update({1: "N", 2: (22.0, 49.0, 1.2), 3: "E", 4: (104.0, 58.0, 1.2)})
    exif.get_ifd(0x8769).update({0xA431: "CANARY-SERIAL-123"})
    return exif.tobytes()


def test_a_ladder_never_scales_up_and_says_its_true_bytes(take: Take, work_off: WorkOff, media: LocalStorage) -> None:
    asset = take(picture_bytes((900, 600)))
    assert work_off() == 1
    asset.refresh_from_db()
    assert asset.state == Asset.State.READY
    assert {each.width for each in asset.current} == {200, 400, 800}
    assert {each.mime for each in asset.current} >= {"image/jpeg", "image/avif"}
    for each in asset.current:
        stat = media.stat(each.blob.key)
        assert stat is not None
        assert stat.size == each.size_bytes == each.blob.size
        assert opened(media, each).size == (each.width, each.height)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_no_derivative_carries_place_owner_or_serial(take: Take, work_off: WorkOff, media: LocalStorage, kind: str) -> None:
    asset = take(picture_bytes(kind=kind, exif=exif_with_place()), "ảnh")
    work_off()
    asset.refresh_from_db()
    assert any("CANARY" in value for value in asset.private_meta.values())
    assert asset.current
    for each in asset.current:
        data = b"".join(media.stream(each.blob.key))
        assert b"CANARY" not in data
        image = Image.open(io.BytesIO(data))
        assert not image.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment"} & {name for name, value in image.info.items() if value}


def test_a_turned_picture_comes_out_upright_once(take: Take, work_off: WorkOff, media: LocalStorage) -> None:
    asset = take(picture_bytes((640, 320), exif=exif_with_place(orientation=6)))
    work_off()
    asset.refresh_from_db()
    assert (asset.width, asset.height) == (320, 640)
    assert all((each.height or 0) > (each.width or 0) for each in asset.current)


@pytest.mark.parametrize(("mode", "kind"), [("CMYK", "JPEG"), ("L", "PNG"), ("I;16", "PNG"), ("1", "TIFF"), ("P", "GIF"), ("LA", "PNG")])
def test_every_colour_mode_becomes_what_a_screen_shows(take: Take, work_off: WorkOff, media: LocalStorage, mode: str, kind: str) -> None:
    asset = take(picture_bytes((300, 200), kind=kind, mode=mode))
    work_off()
    jpeg = next(each for each in asset.current if each.mime == "image/jpeg")
    extremes: Any = opened(media, jpeg).convert("L").getextrema()
    assert opened(media, jpeg).mode == "RGB"
    assert extremes[0] < 40
    assert extremes[1] > 200


def test_transparency_is_kept_where_it_can_be_and_white_where_not(take: Take, work_off: WorkOff, media: LocalStorage) -> None:
    buffer = io.BytesIO()
    Image.new("RGBA", (300, 300), (200, 30, 30, 0)).save(buffer, "PNG")
    asset = take(buffer.getvalue())
    work_off()
    by_mime = {each.mime: opened(media, each) for each in asset.current}
    assert by_mime["image/jpeg"].getpixel((5, 5)) == (255, 255, 255)
    assert all(image.convert("RGBA").getpixel((5, 5))[3] == 0 for mime, image in by_mime.items() if mime != "image/jpeg")  # type: ignore[index]


def test_a_cut_picture_is_kept_and_never_half_shown(take: Take, work_off: WorkOff) -> None:
    asset = take(picture_bytes((900, 600))[:4000])
    work_off()
    asset.refresh_from_db()
    assert (asset.state, asset.problem) == (Asset.State.FAILED, "cut_short")
    assert not asset.current


def test_the_same_work_twice_gives_equal_bytes_and_no_second_row(take: Take, work_off: WorkOff) -> None:
    asset = take(picture_bytes())
    work_off()
    before = {(each.name, each.blob.sha256, each.pk) for each in asset.derivatives.all()}
    asset.jobs.update(state="queued", attempts=0)
    work_off()
    assert {(each.name, each.blob.sha256, each.pk) for each in asset.derivatives.all()} == before


def test_a_picture_element_gets_its_widths_best_type_first(take: Take, work_off: WorkOff) -> None:
    asset = take(picture_bytes((900, 600)))
    assert picture_of(asset) is None
    work_off()
    asset = Asset.objects.prefetch_related("derivatives__blob", "tracks").get(pk=asset.pk)
    picture = picture_of(asset)
    assert picture is not None
    assert picture.smallest.width == 200
    assert picture.largest.width == 800
    assert picture.sources[0][0] == "image/avif"
    assert picture.srcset("image/jpeg").endswith("800w")
    assert len(picture.colour) == 6
    sizes = [each.size_bytes for each in renditions_of(asset)]
    assert sizes == sorted(sizes)
    assert smallest_bytes(asset) == sizes[0]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_libvips_reads_what_pillow_has_no_room_for(
    take: Take, work_off: WorkOff, media: LocalStorage, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    pytest.importorskip("pyvips")
    by_pillow = take(picture_bytes((640, 320), kind=kind, exif=exif_with_place(orientation=6)), "ảnh")
    work_off()
    monkeypatch.setattr(image, "fits", lambda _pixels: False)
    by_vips = take(picture_bytes((644, 322), kind=kind, exif=exif_with_place(orientation=6)), "ảnh")
    work_off()
    by_vips.refresh_from_db()
    assert by_vips.state == Asset.State.READY, list(by_vips.jobs.values_list("error_code", "error_text"))
    assert {each.name for each in by_vips.current if "200" in each.name} == {each.name for each in by_pillow.current if "200" in each.name}
    one, other = (
        opened(media, next(each for each in asset.current if each.name == "img-200-jpg")).convert("L").resize((20, 40))
        for asset in (by_pillow, by_vips)
    )
    assert max(abs(a - b) for a, b in zip(one.tobytes(), other.tobytes(), strict=True)) < 12
    for each in by_vips.current:
        data = b"".join(media.stream(each.blob.key))
        assert b"CANARY" not in data
        assert not Image.open(io.BytesIO(data)).getexif()


@pytest.mark.parametrize("size", [(400, 267), (399, 266), (150, 100)])
def test_libvips_steps_down_as_pillow_does(size: tuple[int, int]) -> None:
    pytest.importorskip("pyvips")
    from media_pipeline.processes.children import vips

    image = Image.merge("RGB", [Image.effect_noise((90, 60), 80).resize((801, 534), Image.Resampling.BICUBIC) for _band in "RGB"])
    one, other = image.resize(size, Image.Resampling.LANCZOS), vips.resized(image, size)
    assert (other.mode, other.size) == ("RGB", size)
    difference = ImageStat.Stat(ImageChops.difference(one, other))
    assert max(difference.mean) < 1 and max(high for _low, high in difference.extrema) < 12


@pytest.mark.parametrize("mode", ["CMYK", "I;16", "1", "LA", "F"])
def test_a_tiff_of_any_kind_comes_out_of_libvips(take: Take, work_off: WorkOff, monkeypatch: pytest.MonkeyPatch, mode: str) -> None:
    pytest.importorskip("pyvips")
    monkeypatch.setattr(image, "fits", lambda _pixels: False)
    asset = take(picture_bytes((500, 300), kind="TIFF", mode=mode))
    work_off()
    asset.refresh_from_db()
    assert asset.state == Asset.State.READY, list(asset.jobs.values_list("error_code", "error_text"))
    assert {each.width for each in asset.current} == {200, 400}


def test_a_cut_tiff_is_damaged_for_libvips_too(take: Take, work_off: WorkOff, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyvips")
    monkeypatch.setattr(image, "fits", lambda _pixels: False)
    whole = picture_bytes((900, 600), kind="TIFF")
    asset = take(whole[: len(whole) // 2], "cụt.tif")
    work_off()
    asset.refresh_from_db()
    assert asset.state == Asset.State.FAILED
    assert not asset.current


def test_without_libvips_a_picture_that_does_not_fit_is_kept(take: Take, work_off: WorkOff, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image, "fits", lambda _pixels: False)
    monkeypatch.setattr(image, "has_vips", lambda: False)
    asset = take(picture_bytes())
    work_off()
    asset.refresh_from_db()
    assert (asset.state, asset.problem) == (Asset.State.FAILED, "too_large_preview")


def corner(media: LocalStorage, asset: Asset) -> tuple[int, int]:
    """Where the dark quarter of ``marked`` lies in the widest derivative: (0 left, 1 right; 0 top, 1 bottom)."""
    widest = max((each for each in asset.current if each.mime == "image/jpeg"), key=lambda each: each.width or 0)
    image = opened(media, widest).convert("L").resize((2, 2), Image.Resampling.BOX)
    points = image.tobytes()
    at = points.index(min(points))
    return at % 2, at // 2


def marked() -> bytes:
    """A picture, 900 × 600, whose upper left quarter is dark."""
    image = Image.new("RGB", (900, 600), "white")
    image.paste("black", (0, 0, 450, 300))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG")
    return buffer.getvalue()


@pytest.mark.parametrize(("degrees", "where"), [(90, (1, 0)), (180, (1, 1)), (270, (0, 1))])
def test_staff_turn_a_picture_and_its_original_stays(
    take: Take, work_off: WorkOff, media: LocalStorage, degrees: int, where: tuple[int, int]
) -> None:
    asset = take(marked())
    work_off()
    asset.refresh_from_db()
    original, look = asset.original.sha256, asset.look
    assert corner(media, asset) == (0, 0)
    turn(asset, degrees)
    work_off()
    asset = Asset.objects.get(pk=asset.pk)
    assert (asset.state, asset.original.sha256, asset.look) == ("ready", original, look)
    assert (asset.width, asset.height) == ((900, 600) if degrees == 180 else (600, 900))
    assert corner(media, asset) == where
    assert max(each.width or 0 for each in asset.current) == (800 if degrees == 180 else 400)


def test_a_picture_that_nobody_turned_is_made_as_before_there_were_turns() -> None:
    recipe = BY_NAME["image"]
    assert recipe_hash(recipe, "0" * 64, {}) == recipe_hash(replace(recipe, staff_options=()), "0" * 64, {})
