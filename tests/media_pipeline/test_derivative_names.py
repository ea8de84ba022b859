"""The names of derivatives: what is built can be read again, and nothing else spells a name."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from media_pipeline import derivative_names as names
from media_pipeline import recipes

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "media_pipeline" / "derivative_names.py"
NAME = re.compile(r"img-(?!src).*|(?:poster|track|sprite|peaks)-.*|page-(?:\d.*)?|vaudio|hls-av1|-hls.*|a?v\d{3,4}|a24.*|a48.*|aac96.*")
RECIPES = {"page-1"}  # the name of a recipe, stored with its jobs, looks like the stem of a page


def picture_names() -> Iterator[str]:
    """Every picture that the recipes make of a picture, a film and a document."""
    for recipe in recipes.RECIPES:
        stems = {"image": [names.IMAGE], "poster": [names.POSTER], "pages": [names.page_stem(1), names.page_stem(217)]}
        for stem in stems.get(recipe.stage, []):
            for width in [*recipe.parameters["widths"], 77]:  # 77: a picture that is smaller than the smallest width
                yield from (names.picture(stem, width, short) for short in recipe.parameters["qualities"])


@pytest.mark.parametrize("name", list(picture_names()))
def test_a_picture_name_is_read_into_the_parts_that_make_it(name: str) -> None:
    assert names.picture(*names.read_picture(name)) == name
    assert name.startswith(names.prefix(names.read_picture(name).stem))


def test_stored_names_never_change() -> None:
    assert set(picture_names()) >= {"img-200-jpg", "img-1600-avif", "poster-800-webp", "page-1-800-webp", "page-217-1600-jpg"}
    assert [rung.name for rung in recipes.RUNGS] == list(names.FILMS) == ["v144", "v240", "v480", "v720", "v1080"]
    assert [rung.name for rung in recipes.LIGHTER_RUNGS] == ["av240", "av480"]
    assert list(recipes.SOUNDS) == ["a24", "a48", "aac96"]
    assert names.playlist(names.FILM_SOUND) == "vaudio-hls"
    assert (names.text_track(12), names.TILES, names.ORIGINAL) == ("track-12", "tiles", "original")


def test_the_page_number_is_in_the_name_of_a_page() -> None:
    assert names.read_picture("page-12-800-webp").page == 12


@pytest.mark.parametrize("quality", recipes.SOUNDS)
@pytest.mark.parametrize("track", ["", "tay", "tay3", "track2"])
def test_a_sound_name_is_read_into_its_quality_and_its_track(quality: str, track: str) -> None:
    assert names.read_sound(names.other_sound(quality, track) if track else quality) == (quality, track)


def test_each_film_in_av1_has_its_fallback_among_the_films() -> None:
    assert {names.fallback(rung.name) for rung in recipes.LIGHTER_RUNGS} <= set(names.FILMS)


@pytest.mark.parametrize(
    ("name", "key"), [("track-7", 7), ("track-", None), ("track-x", None), ("track-²", None), ("track-" + "9" * 18, None)]
)
def test_a_track_name_holds_the_key_of_its_row(name: str, key: int | None) -> None:
    assert names.is_text_track(name)
    assert names.read_text_track(name) == key


def test_no_other_module_spells_a_derivative_name() -> None:
    files = [path for package in ("media_pipeline", "library", "search") for path in (ROOT / package).rglob("*.py")]
    literals = {
        f"{path.relative_to(ROOT)}:{node.lineno} {node.value!r}"
        for path in files
        if path != TABLE and "migrations" not in path.parts
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and NAME.fullmatch(node.value) and node.value not in RECIPES
    }
    assert not literals
