"""Photographs are sorted by what their names and clocks say; a name that a camera gave by itself says nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from library.cataloguing.light_table.facts import days, point, taken
from library.cataloguing.light_table.sorting import by_name, by_time, common_name


@pytest.mark.parametrize(
    ("name", "common"),
    [
        ("MH-001_1.jpg", "MH-001"),
        ("MH-001_12.jpg", "MH-001"),
        ("MH-001.jpg", "MH-001"),
        ("MH-001a.jpg", "MH-001"),
        ("MH-001 (2).JPG", "MH-001"),
        ("LC.2024.15-3.jpg", "LC.2024.15"),
        ("Hội Gầu Tào 3.jpg", "Hội Gầu Tào"),
        ("le_hoi_nhay_lua_02.jpg", "le hoi nhay lua"),
        ("Khèn.jpg", "Khèn"),
        ("IMG_0399.JPG", ""),
        ("DSC01234.jpg", ""),
        ("_DSC1234.jpg", ""),
        ("PXL_20241124_191003123.jpg", ""),
        ("20241124_191003.jpg", ""),
        ("P1010023.JPG", ""),
        ("IMG-20241124-WA0007.jpg", ""),
        ("z5123456789_abc.jpg", ""),
        ("zalo_1234567.jpg", ""),
        ("DSC_0001~2.jpg", ""),
    ],
)
def test_what_a_name_has_in_common_with_others_of_the_same_thing(name: str, common: str) -> None:
    assert common_name(name) == common


def test_codes_make_groups_in_the_order_of_people() -> None:
    files = [(1, "MH-002_1.jpg", ""), (2, "MH-001_10.jpg", ""), (3, "MH-001_2.jpg", ""), (4, "IMG_0001.jpg", "")]
    lots = by_name(files)
    assert [(lot.code, lot.keys) for lot in lots] == [("MH-001", (3, 2)), ("MH-002", (1,))]


def test_folders_make_groups_of_what_cameras_named() -> None:
    files = [(1, "IMG_1.jpg", "T11/Nhảy lửa"), (2, "IMG_2.jpg", "T11/Dệt"), (3, "IMG_3.jpg", "T11/Nhảy lửa")]
    assert {lot.name: lot.keys for lot in by_name(files)} == {"Nhảy lửa": (1, 3), "Dệt": (2,)}
    assert by_name([(1, "IMG_1.jpg", "T11"), (2, "IMG_2.jpg", "T11")]) == []


def test_a_longer_pause_begins_a_new_group() -> None:
    begin = datetime(2026, 11, 24, 19, tzinfo=UTC)
    minutes = {1: 0, 2: 30, 3: 61, 4: 20, 5: 200}
    lots = by_time([(key, begin + timedelta(minutes=after)) for key, after in minutes.items()], timedelta(minutes=30))
    assert [lot.keys for lot in lots] == [(1, 4, 2), (3,), (5,)]


def test_a_clock_with_a_zone_is_put_in_order_by_its_moment() -> None:
    here, tokyo = (
        taken({"DateTimeOriginal": "2026:11:24 19:00:00"}),
        taken({"DateTimeOriginal": "2026:11:24 20:30:00", "OffsetTimeOriginal": "+09:00"}),
    )
    assert here and tokyo and tokyo.moment < here.moment
    assert days([here]) == "2026-11-24"


@pytest.mark.parametrize("time", ["", "0000:00:00 00:00:00", "1980:01:01 00:00:00", "2026:13:01 10:00:00", "    :  :     :  :  "])
def test_a_clock_that_was_never_set_says_nothing(time: str) -> None:
    assert taken({"DateTimeOriginal": time}) is None


@pytest.mark.parametrize(
    ("latitude", "reference", "expected"),
    [("(22.0, 20.0, 12.6)", "N", 22.3368), ("(22.0, 20.0, 12.6)", "S", -22.3368), ("(nan, nan, nan)", "N", None), ("", "", None)],
)
def test_a_point_is_read_in_degrees(latitude: str, reference: str, expected: float | None) -> None:
    tags = {"GPSGPSLatitude": latitude, "GPSGPSLatitudeRef": reference, "GPSGPSLongitude": "(103.0, 50.0, 0.0)", "GPSGPSLongitudeRef": "E"}
    where = point(tags)
    assert (where and round(where[0], 4)) == expected
