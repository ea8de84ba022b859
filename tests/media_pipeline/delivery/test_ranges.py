"""The Range header of RFC 9110."""

import pytest

from media_pipeline.delivery.ranges import Range, UnsatisfiableRangeError, parse_range


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-0", Range(0, 1)),
        ("bytes=2-5", Range(2, 6)),
        ("bytes=2-", Range(2, 10)),
        ("bytes=-3", Range(7, 10)),
        ("bytes=-300", Range(0, 10)),
        ("bytes=5-500", Range(5, 10)),
        ("BYTES=1-1", Range(1, 2)),
    ],
)
def test_one_range_is_cut_to_the_file(header: str, expected: Range) -> None:
    assert parse_range(header, 10) == expected


@pytest.mark.parametrize("header", ["", "bytes=-", "bytes=0-1,4-5", "lines=1-2", "bytes=5-2", "bytes=a-b", "bytes=" + "9" * 30 + "-"])
def test_what_is_not_one_range_means_the_whole_file(header: str) -> None:
    assert parse_range(header, 10) is None


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=99-100", "bytes=-0"])
def test_a_range_beyond_the_end_cannot_be_satisfied(header: str) -> None:
    with pytest.raises(UnsatisfiableRangeError):
        parse_range(header, 10)
