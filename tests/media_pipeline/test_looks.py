"""The look of a picture: copies of one are alike, different ones are not. The bound stands between what is measured here."""

import io
from itertools import combinations

import pytest
from PIL import Image, ImageDraw, ImageEnhance

from media_pipeline.looks import NEAR, alike, distance, look_of


def scene(number: int) -> Image.Image:
    """A picture with large shapes, another one for each number."""
    image = Image.new("RGB", (900, 600), (40 * number % 200 + 30, 60, 120))
    draw = ImageDraw.Draw(image)
    for at in range(14):
        seed = (number * 7919 + at * 104729) % 999983
        x, y, size = seed % 820, seed // 7 % 520, 60 + seed % 240
        draw.ellipse((x - size, y - size, x + size, y + size), fill=(seed % 255, seed // 3 % 255, seed // 11 % 255))
    return image


def saved_again(image: Image.Image) -> Image.Image:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=40)
    return Image.open(buffer).convert("RGB")


COPIES = {
    "saved again": saved_again,
    "smaller": lambda image: image.resize((320, 213)),
    "larger": lambda image: image.resize((1500, 1000)),
    "lighter": lambda image: ImageEnhance.Brightness(image).enhance(1.12),
    "darker": lambda image: ImageEnhance.Brightness(image).enhance(0.85),
    "grey": lambda image: image.convert("L").convert("RGB"),
    "with a thin edge cut off": lambda image: image.crop((6, 4, 894, 596)),
}
SCENES = [scene(number) for number in range(24)]
LOOKS = [look_of(image) for image in SCENES]


@pytest.mark.parametrize("name", COPIES)
def test_copies_of_a_picture_are_alike_with_room_to_spare(name: str) -> None:
    worst = max(distance(look, look_of(COPIES[name](image))) for look, image in zip(LOOKS, SCENES, strict=True))
    assert worst <= NEAR - 2, worst


def test_different_pictures_are_not_alike_with_room_to_spare() -> None:
    nearest = min(distance(one, other) for one, other in combinations(LOOKS, 2))
    assert nearest >= NEAR + 2, nearest


@pytest.mark.parametrize("colour", ["white", "black", "#357"])
def test_a_picture_that_shows_nothing_is_like_no_other(colour: str) -> None:
    blank = look_of(Image.new("RGB", (300, 200), colour))
    assert blank == "" and not alike(blank, blank)
