"""Bands, moon and map are computed: the same seed gives the same cloth, and the moon grows on the right."""

import gzip
import re

import pytest

from library.frame import styles
from library.frame.drawing.band import REPEAT, band
from library.frame.drawing.moon import FULL_DISC, lit_path
from library.frame.drawing.province_map import outlines, shade


def test_the_same_seed_weaves_the_same_band_and_another_seed_another():
    assert band("v19mfnd7d2") == band("v19mfnd7d2")
    assert len({band(f"seed-{number}").figure for number in range(40)}) > 20


@pytest.mark.parametrize("seed", ["", "a", "v19mfnd7d2", "Chăm"])
def test_the_threads_cover_each_stitch_once_and_stay_in_the_cloth(seed: str):
    cloth, stitches = band(seed), set()
    for x, y, width, height in re.findall(r"M(\d+) (\d+)h(\d+)v(\d+)", cloth.figure + cloth.accent):
        for across in range(int(x), int(x) + int(width)):
            for down in range(int(y), int(y) + int(height)):
                assert (across, down) not in stitches
                assert across < REPEAT and down < cloth.height
                stitches.add((across, down))
    assert stitches


def test_the_moon_is_dark_when_new_and_round_when_full():
    assert lit_path(1) == lit_path(30) == ""
    assert lit_path(15) == FULL_DISC


def test_the_moon_grows_on_the_right_and_wanes_to_the_left():
    growing, waning = "a7 7 0 0 1 0 14", "a7 7 0 0 0 0 14"
    assert all(growing in lit_path(day) for day in range(2, 14))
    assert all(waning in lit_path(day) for day in range(17, 30))


@pytest.mark.parametrize("day", [0, 31, -1])
def test_there_is_no_moon_on_a_day_that_is_none(day: int):
    with pytest.raises(ValueError, match="no day"):
        lit_path(day)


def test_the_map_has_34_provinces_and_two_archipelagos():
    assert len(outlines().provinces) == 34
    assert {outline.code for outline in outlines().provinces if outline.islands} == {"48", "56"}


def test_a_province_without_records_is_drawn_lightest():
    assert [shade(count) for count in (0, 1, 4, 5, 10, 30, 9999)] == [0, 1, 1, 2, 3, 4, 4]


def test_the_committed_stylesheet_and_mark_are_what_the_sources_give():
    assert styles.STYLESHEET.read_text(encoding="utf-8") == styles.stylesheet(), "run manage.py build_assets"
    assert styles.MARK.read_text(encoding="utf-8") == styles.mark(), "run manage.py build_assets"


def test_the_stylesheet_stays_light():
    assert len(gzip.compress(styles.STYLESHEET.read_bytes())) < 12_500
