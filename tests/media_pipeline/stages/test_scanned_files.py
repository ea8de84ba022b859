"""Files as scanners write them: TIFF with previews and masks, BMP, Photoshop's PSD."""

import io
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from media_pipeline.available_renditions import picture_of
from media_pipeline.models import Asset, Derivative
from media_pipeline.processes.children import opening, probe_picture
from media_pipeline.stages import image as image_stage
from media_pipeline.storage.local import LocalStorage

pytestmark = pytest.mark.django_db(transaction=True)

Take, WorkOff = Callable[..., Asset], Callable[[], int]
Page = tuple[tuple[int, int], str, dict[int, int]]
MAIN, COPY, MASK, OLD_COPY = (
    ((800, 600), "red", {}),
    ((200, 150), "blue", {254: 1}),
    ((800, 600), "black", {254: 4}),
    ((80, 60), "blue", {255: 2}),
)
SECOND = ((700, 500), "green", {254: 2})
TURNED = ((600, 300), "red", {0x0112: 6})


def tiff(*pages: Page) -> bytes:
    """Pages of one colour, each with its tags."""
    buffer = io.BytesIO()
    with_tags = []
    for size, colour, tags in pages:
        page, directory = Image.new("RGB", size, colour), ImageFileDirectory_v2()
        for tag, value in tags.items():
            directory[tag] = value
        page.encoderinfo = {"tiffinfo": directory}
        with_tags.append((page, directory))
    (first, directory), others = with_tags[0], [page for page, _directory in with_tags[1:]]
    first.save(buffer, "TIFF", save_all=True, append_images=others, tiffinfo=directory)
    return buffer.getvalue()


def colour_of(media: LocalStorage, derivative: Derivative) -> Any:
    picture = Image.open(io.BytesIO(b"".join(media.stream(derivative.blob.key))))
    return tuple(round(each / 64) for each in picture.convert("RGB").resize((1, 1)).getpixel((0, 0)))  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("pages", "kind", "count", "size"),
    [
        ([MAIN], "image", None, (800, 600)),
        ([MAIN, COPY], "image", None, (800, 600)),
        ([COPY, MAIN], "image", None, (800, 600)),
        ([MAIN, MASK], "image", None, (800, 600)),
        ([MAIN, OLD_COPY, MASK], "image", None, (800, 600)),
        ([COPY], "image", None, (200, 150)),
        ([MAIN, SECOND], "document", 2, (800, 600)),
        ([MAIN, COPY, SECOND, MASK], "document", 2, (800, 600)),
        ([TURNED, SECOND], "document", 2, (300, 600)),
        ([SECOND, TURNED], "document", 2, (700, 500)),
    ],
)
def test_a_page_of_a_tiff_is_a_page(take: Take, pages: list[Page], kind: str, count: int | None, size: tuple[int, int]) -> None:
    asset = take(tiff(*pages), "quét.tif")
    assert (asset.kind, asset.pages, (asset.width, asset.height)) == (kind, count, size)


@pytest.mark.parametrize("vips", [False, True])
def test_the_picture_is_the_page_and_not_its_small_copy(
    take: Take, work_off: WorkOff, media: LocalStorage, monkeypatch: pytest.MonkeyPatch, vips: bool
) -> None:
    if vips and not image_stage.has_vips():
        pytest.skip("pyvips is not installed; only Pillow was tested here")
    monkeypatch.setattr(image_stage, "has_vips", lambda: vips)
    asset = take(tiff(COPY, MAIN), "quét.tif")
    work_off()
    picture = picture_of(Asset.objects.get(pk=asset.pk))
    assert {each.width for each in asset.current} == {200, 400, 800}
    assert picture is not None
    assert {colour_of(media, each) for each in asset.current} == {(4, 0, 0)}


def test_pages_of_a_book_are_counted_without_copies(take: Take, work_off: WorkOff, media: LocalStorage) -> None:
    asset = take(tiff(MAIN, COPY, SECOND, MASK), "sách.tif")
    work_off()
    colours = {each.name.split("-")[1]: colour_of(media, each) for each in Asset.objects.get(pk=asset.pk).current if "page" in each.role}
    assert colours == {"1": (4, 0, 0), "2": (0, 2, 0)}


def bitmap(bits: int, *, header: int = 40, compression: int = 0, top_down: bool = False) -> bytes:
    """A bitmap of 8 by 4 points by hand: what old scanners write and Pillow does not."""
    width, height = 8, 4
    palette = (
        b""
        if bits > 8
        else b"".join(bytes([grey, grey, grey] + [0] * (header != 12)) for grey in range(0, 256, max(1, 255 // (2 ** min(bits, 8) - 1))))
    )
    palette = palette[: (3 if header == 12 else 4) * 2**bits]
    rows = {
        1: b"\xaa\x00\x00\x00",
        4: b"\x0f" * 4,
        8: bytes(range(0, 248, 31)),
        16: b"\xff\x7f" * 8,
        24: b"\x00\x80\xff" * 8,
        32: b"\x00\x80\xff\x00" * 8,
    }
    pixels = rows[bits] * height
    if compression == 1:
        pixels = b"".join(b"\x08\x40\x00\x00" for _row in range(height)) + b"\x00\x01"
    if header == 12:
        info = struct.pack("<IHHHH", 12, width, height, 1, bits)
    else:
        rest = struct.pack("<iiHHIIiiII", width, -height if top_down else height, 1, bits, compression, len(pixels), 2835, 2835, 0, 0)
        info = struct.pack("<I", header) + rest + bytes(header - 40)
    offset = 14 + len(info) + len(palette)
    return b"BM" + struct.pack("<IHHI", offset + len(pixels), 0, 0, offset) + info + palette + pixels


BITMAPS = [
    *(bitmap(bits) for bits in (1, 4, 8, 16, 24, 32)),
    *(bitmap(bits, header=12) for bits in (1, 4, 8, 24)),
    *(bitmap(24, header=length) for length in (64, 108, 124)),
    bitmap(8, compression=1),
    bitmap(24, top_down=True),
]


@pytest.mark.parametrize("data", BITMAPS)
def test_every_usual_bitmap_is_read(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.bmp"
    path.write_bytes(data)
    facts = probe_picture.work({"path": str(path), "opens_with": "BMP"})
    assert (facts["width"], facts["height"], facts["frames"]) == (8, 4, 1)
    with opening.opened(str(path), "BMP") as picture:
        picture.load()


def photoshop(mode: int, bits: int, channels: list[bytes], *, version: int = 1, resources: bytes = b"") -> bytes:
    """A PSD of 300 by 200 points: the merged picture alone, uncompressed."""
    head = b"8BPS" + struct.pack(">H6xHIIHH", version, len(channels), 200, 300, bits, mode)
    return head + struct.pack(">I", 0) + struct.pack(">I", len(resources)) + resources + struct.pack(">IH", 0, 0) + b"".join(channels)


def plane(value: int) -> bytes:
    return bytes([value]) * 300 * 200


NO_MERGED_PICTURE = b"8BIM" + struct.pack(">H", 1057) + b"\x00\x00" + struct.pack(">I", 6) + b"\x00\x00\x00\x01\x00\x00"


@pytest.mark.parametrize(
    ("data", "colour"),
    [
        (photoshop(3, 8, [plane(255), plane(0), plane(0)]), (4, 0, 0)),
        (photoshop(3, 8, [plane(255), plane(0), plane(0), plane(0)]), (4, 0, 0)),  # the fourth is a saved selection
        (photoshop(1, 8, [plane(128)]), (2, 2, 2)),
        (photoshop(4, 8, [plane(255), plane(0), plane(0), plane(255)]), (4, 0, 0)),
        (photoshop(9, 8, [plane(255), plane(128), plane(128)]), (4, 4, 4)),
    ],
)
def test_the_merged_picture_of_a_psd_is_shown(take: Take, work_off: WorkOff, media: LocalStorage, data: bytes, colour: Any) -> None:
    asset = take(data, "quét.psd")
    work_off()
    asset.refresh_from_db()
    assert (asset.state, asset.format, asset.width, asset.height) == (Asset.State.READY, "psd", 300, 200)
    if colour[1] == 0:  # CMYK without a profile is only about red
        assert {colour_of(media, each)[0] >= 3 for each in asset.current} == {True}
    else:
        assert {colour_of(media, each) for each in asset.current} == {colour}


@pytest.mark.parametrize("data", [photoshop(3, 16, [plane(255) * 2] * 3), photoshop(3, 8, [plane(255)] * 3, resources=NO_MERGED_PICTURE)])
def test_a_psd_without_a_picture_is_kept_with_what_to_do(take: Take, work_off: WorkOff, data: bytes) -> None:
    asset = take(data, "quét.psd")
    work_off()
    asset.refresh_from_db()
    assert asset.state == Asset.State.FAILED
    assert "psd_without_picture" in {asset.problem, *(job.error_code for job in asset.jobs.all())}


def test_a_bitmap_goes_through_the_whole_pipeline(take: Take, work_off: WorkOff) -> None:
    buffer = io.BytesIO()
    Image.linear_gradient("L").resize((500, 400)).convert("RGB").save(buffer, "BMP")
    asset = take(buffer.getvalue(), "quét.bmp")
    work_off()
    asset.refresh_from_db()
    assert (asset.state, asset.format, asset.width) == (Asset.State.READY, "bmp", 500)
    assert {each.width for each in asset.current} == {200, 400}
