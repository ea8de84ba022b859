"""Dates as officers write them are understood, said back, or asked about; nothing is guessed, and day comes before month."""

import pytest
from django.utils.translation import override

from library.calendars.edtf_dates import span
from library.calendars.written.reading import read_date
from library.calendars.written.said import as_typed, said_back
from library.calendars.written.text import UnclearDateError

UNDERSTOOD = {
    "2025-03-12": "12/3/2025|12-3-2025|12.3.2025| 12 / 3 / 2025 |12/03/2025|2025-03-12|2025-03-12 00:00:00|2025/3/12|12 March 2025"
    "|ngày 12 tháng 3 năm 2025|Ngày 12-3-2025|ngay 12 thang 3 nam 2025|12 tháng 3, 2025|12/3/2025 dương lịch|'12/3/2025"
    "|１２/３/２０２５|12\u00a0/3/2025",
    "2025-03": "3/2025|03-2025|2025-03|tháng 3/2025|Tháng 3 năm 2025|THÁNG 3 NĂM 2025|T3/2025|00/03/2025|March 2025",
    "1975-06": "tháng sáu năm 1975|tháng 6 1975",
    "1975-11": "tháng mười một năm 1975",
    "1930": "1930|năm 1930|00/00/1930|năm Canh Ngọ 1930",
    "1930~": "khoảng 1930|Khoảng năm 1930|vào khoảng năm 1930|chừng 1930|~1930|1930~|about 1930|kho\u1ea3ng 1930|khoảng 1930",
    "1930?": "1930?|1930 (?)|có lẽ 1930|1930, chưa chắc",
    "1930/1945": "1930-1945|1930 - 1945|1930–1945|1930—1945|1930/1945|từ 1930 đến 1945|từ năm 1930 tới năm 1945|1930-45|giữa 1930 và 1945",
    "1930~/1945~": "khoảng 1930-1945|từ khoảng 1930 đến khoảng 1945",
    "../1944": "trước 1945|trước năm 1945|before 1945|đến 1944",
    "../1945-07": "trước tháng 8/1945",
    "../1945-09-01": "trước 2/9/1945",
    "1976/..": "sau 1975|sau năm 1975|từ 1976|từ 1976 đến nay|1976 - nay",
    "18XX": "thế kỷ 19|thế kỉ XIX|TK 19|TK XIX|19th century",
    "1867~/1899~": "cuối thế kỷ 19",
    "17XX/18XX": "thế kỷ 18-19|thế kỷ XVIII - XIX",
    "196X": "những năm 1960|thập niên 1960|những năm 60 của thế kỷ 20|1960s",
    "1945-21": "mùa xuân 1945|xuân 1945|mùa xuân năm 1945",
    "1960-35": "quý 3/1960|quý III năm 1960",
    "2025-03-12/2025-03-15": "12-15/3/2025|12/3 - 15/3/2025|12/3/2025-15/3/2025|từ ngày 12 đến ngày 15 tháng 3 năm 2025",
    "2025-03/2025-05": "3-5/2025|tháng 3 đến tháng 5 năm 2025",
    "0576": "576|năm 576",
    "-0010": "năm 11 TCN|11 trước Công nguyên|-0010",
    "1975-04-11/1975-05-10": "tháng 3 âm lịch 1975|tháng 3 âm lịch năm 1975|tháng Ba năm Ất Mão (1975)",
    "1975-04-20": "10/3 âm lịch 1975|10/3/1975 âm lịch|10/3/1975 (ÂL)|mùng 10/3 âm lịch năm 1975",
    "1975-08-21": "rằm tháng 7 năm 1975|Rằm tháng Bảy âm lịch 1975",
    "1976-01-23": "23 tháng Chạp năm 1975",
    "2023-03-22/2023-04-19": "tháng 2 nhuận âm lịch 2023",
    "1930~/1931~": "khoảng tháng Chạp năm 1930",
    "19XX": "19XX",
    "[1667,1668]": "[1667,1668]",
}
ASKED = [
    ("12/3/25", ("12/3/1925", "12/3/2025")),
    ("75", ("1975", "2075")),
    ("3/25/2025", ("25/3/2025",)),
    ("31/4/2025", ("30/4/2025", "1/5/2025")),
    ("29/2/2025", ("28/2/2025", "1/3/2025")),
    ("mùng 2/9/1945", ("2/9/1945 âm lịch", "2/9/1945 dương lịch")),
    ("năm Ất Mão", ("năm Ất Mão (1915)", "năm Ất Mão (1975)", "năm Ất Mão (2035)")),
    ("năm Ất Mão 1974", ("năm Ất Mão 1975",)),
    ("thập niên 90", ("thập niên 1990", "thập niên 1890")),
    ("1901-05", ("1901 - 1905", "5/1901")),
    ("2001-21", ("2001 - 2021", "mùa xuân 2001")),
    ("1945-1930", ("1930 - 1945",)),
    ("45728", ("12/3/2025",)),
]
UNREAD = [
    "",
    " ",
    "12/3",
    "tháng 3",
    "hôm qua",
    "sau vụ gặt",
    "13/13/2025",
    "12/0/2025",
    "12/3/20255",
    "thế kỷ 99",
    "khoảng",
    "?",
    "/",
    "-",
]
UNREAD += ["=DATE(2025,3,12)", "12/3/2025\x00", "1930\u202e", "9" * 200, "1" * 60, "/" * 100, "tu " * 40, "1-" * 50, "năm Ất Dần", "năm 0"]
UNREAD += ["30/3/1975 âm lịch nhuận", "31/3/1975 âm lịch", "<script>", "1975' OR 1=1", "#REF!", "12/3/2025; rm -rf"]


@pytest.mark.parametrize(("typed", "edtf"), [(typed, edtf) for edtf, ways in UNDERSTOOD.items() for typed in ways.split("|")])
def test_a_date_is_understood_as_it_is_written(typed: str, edtf: str) -> None:
    assert read_date(typed).edtf == edtf
    span(edtf)


@pytest.mark.parametrize(("typed", "choices"), ASKED)
def test_a_doubtful_date_is_asked_about_and_each_choice_is_clear(typed: str, choices: tuple[str, ...]) -> None:
    with override("vi"), pytest.raises(UnclearDateError) as asked:
        read_date(typed)
    assert asked.value.choices == choices
    assert all(read_date(choice).edtf for choice in choices)


@pytest.mark.parametrize("typed", UNREAD)
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(UnclearDateError):
        read_date(typed)


@pytest.mark.parametrize(
    ("typed", "vietnamese", "english"),
    [
        ("12/3/2025", "Ngày 12 tháng 3 năm 2025", "12 March 2025"),
        ("3/2025", "Tháng 3 năm 2025", "March 2025"),
        ("khoảng 1930", "Khoảng năm 1930", "About 1930"),
        ("1930-1945", "Từ năm 1930 đến năm 1945", "From 1930 to 1945"),
        ("trước 1945", "Đến năm 1944", "Until 1944"),
        ("10/3/1975 âm lịch", "Mùng 10 tháng Ba năm 1975 âm lịch, tức ngày 20 tháng 4 năm 1975 dương lịch", "20 April 1975"),
        ("rằm tháng 8 âm lịch 1930", "Rằm tháng Tám năm 1930 âm lịch, tức năm 1930 dương lịch", "1930"),
    ],
)
def test_a_date_is_said_back_in_words(typed: str, vietnamese: str, english: str) -> None:
    with override("vi"):
        assert said_back(read_date(typed)) == vietnamese
    with override("en"):
        assert english in said_back(read_date(typed))


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("edtf", [*UNDERSTOOD, "-0700/0100", "2001-21", "1560-39", "1975-04-30~", "Y-50000", "-01XX", "1901-05"])
def test_a_stored_date_is_shown_as_people_type_it_and_read_back_as_the_same(edtf: str, language: str) -> None:
    with override(language):
        shown = as_typed(edtf)
        if edtf != shown:
            assert read_date(shown).edtf == edtf
        if language == "vi":
            assert shown != edtf or edtf.startswith(("[", "Y", "-01")) or edtf == "1930"


def test_a_lunar_date_says_that_it_was_asked_as_one() -> None:
    assert read_date("tháng 3 âm lịch 1975").calendar_said
    assert read_date("30/4/1975 dương lịch").calendar_said
    assert not read_date("30/4/1975").calendar_said
