"""A QR code as the path of an SVG."""

import re

from library.frame.drawing.qr_code import QUIET, qr_code

ADDRESS = "https://thuvien.vn/ban-ghi/v16gqc8j2b/"


def test_the_squares_of_the_path_lie_inside_the_quiet_zone_and_make_the_three_corners():
    code = qr_code(ADDRESS)
    side = int(code.box.split()[2]) - 2 * QUIET
    rows = [[False] * side for _row in range(side)]
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)", code.path):
        rows[int(y)][int(x) : int(x) + int(width)] = [True] * int(width)
    corner = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]
    for top, left in ((0, 0), (0, side - 7), (side - 7, 0)):
        assert ["".join("01"[dark] for dark in row[left : left + 7]) for row in rows[top : top + 7]] == corner
    assert {len(row) for row in rows} == {side}
