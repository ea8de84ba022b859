"""The festival calendar reads the days that are stored as rows, and stays small however many festivals a month has."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from library.calendars.rules import Occurrence
from library.pages.presentation.festivals.days import coming_festival, span_in_words
from library.pages.queries import remembered
from library.records.actions.publish import publish
from library.records.actions.withdraw import withdraw
from library.records.festivals.occurrences import first_known_day, last_filled_day, last_known_day, update_all
from library.records.festivals.schedules import Schedule, schedule
from library.records.models import FestivalOccurrence, Record, RecordDate
from library.records.models.choices import AccessLevel
from library.records.quality import MARKS_BY_CODE
from library.vocabularies.models import AdminUnit
from tests.factories import make_record, make_user
from tests.library.pages.examples import FESTIVAL, make_admin, text

pytestmark = pytest.mark.django_db

YEARS = last_filled_day().year - first_known_day().year + 1


def make_festival(title: str, month: int = 1, day: int = 8, words: str = "", **fields) -> Record:
    """A festival on a day, or known by ``words`` only."""
    dated = {"calendar": "gregorian", "date_rule": {"calendar": "gregorian", "start_month": month, "start_day": day}}
    by_words = {"calendar": "variable", "date_rule": {"words": words}, "rule_text": {"text": words, "lang": "vi"}}
    details = FESTIVAL | (by_words if words else dated)
    return make_record(title, record_type="festival", details=[{"type": "festival", "value": details}], **fields)


def _announce(festival: Record, start: date, **more: str) -> None:
    [details] = festival.details.get_prep_value()
    details["value"]["occurrences"] = [{"type": "item", "value": {"start": start.isoformat()} | more}]
    festival.details = [details]
    publish(festival)


def make_crowd(count: int, **when: int) -> list[Record]:
    """So many festivals on the same day; only one of them went through the actions."""
    first = make_festival("Hội 0", **when)
    copies = [
        Record(
            **{field.attname: getattr(first, field.attname) for field in Record._meta.concrete_fields if not field.primary_key}
            | {"identifier": f"{first.identifier[:-4]}{number:04d}", "source_key": None, "title_vi": f"Hội {number}"}
        )
        for number in range(1, count)
    ]
    Record.objects.bulk_create(copies)
    update_all()
    return [first, *copies]


def test_the_days_of_a_festival_follow_its_publication_its_change_and_its_withdrawal():
    festival = make_festival("Hội xuân", 2, 10)
    assert festival.festival_occurrences.count() == YEARS
    festival.details = [{"type": "festival", "value": FESTIVAL | {"cycle": "some_years"}}]
    publish(festival)
    assert [row.status for row in festival.festival_occurrences.all()] == ["words"]
    withdraw(festival, user=make_admin(), reason="Cộng đồng xin gỡ")
    assert not FestivalOccurrence.objects.exists()


def test_filling_again_writes_nothing_and_goes_on_where_it_was_broken_off(monkeypatch: pytest.MonkeyPatch):
    make_crowd(7)
    assert update_all() == 0
    FestivalOccurrence.objects.all().delete()
    monkeypatch.setattr("library.records.festivals.occurrences.BATCH", 3)

    def killed(done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        update_all(killed)
    assert FestivalOccurrence.objects.count() == 3 * YEARS
    assert update_all() == 4
    assert FestivalOccurrence.objects.count() == 7 * YEARS


def test_the_days_of_the_next_year_are_added_and_those_long_past_go(monkeypatch: pytest.MonkeyPatch):
    festival = make_festival("Hội xuân", 2, 10)
    year = first_known_day().year
    monkeypatch.setattr("library.records.festivals.occurrences.first_known_day", lambda: date(year + 1, 1, 1))
    monkeypatch.setattr("library.records.festivals.occurrences.last_filled_day", lambda: date(year + YEARS, 12, 31))
    assert update_all() == 1
    starts = sorted(row.start.year for row in festival.festival_occurrences.all())
    assert starts == list(range(year + 1, year + YEARS + 1))


def test_on_new_years_day_the_calendar_tells_the_new_year_before_the_rows_are_filled_again(client: Client, monkeypatch: pytest.MonkeyPatch):
    make_festival("Hội xuân", 3, 5)
    year = timezone.localdate().year + 1
    monkeypatch.setattr("library.records.festivals.occurrences.timezone.localdate", lambda: date(year, 1, 1))
    assert last_known_day().year > year
    for each in range(first_known_day().year, last_known_day().year + 1):
        assert "Hội xuân" in text(client.get("/lich-le-hoi/", {"thang": f"{each}-03"})), each


def test_a_festival_that_changes_while_its_days_are_filled_in_keeps_the_new_days(monkeypatch: pytest.MonkeyPatch):
    festival = make_festival("Hội xuân", 2, 10)
    FestivalOccurrence.objects.all().delete()
    moved = [{"type": "festival", "value": FESTIVAL | {"cycle": "some_years"}}]

    def schedule_read_before_the_change(record: Record) -> Schedule:
        monkeypatch.setattr("library.records.festivals.occurrences.schedule", schedule)
        read = schedule(record)
        festival.details = moved
        publish(festival)
        return read

    monkeypatch.setattr("library.records.festivals.occurrences.schedule", schedule_read_before_the_change)
    update_all()
    assert [row.status for row in festival.festival_occurrences.all()] == ["words"]


def test_a_crowded_month_tells_numbers_and_lists_its_festivals_page_by_page(client: Client):
    make_crowd(120, month=3, day=5)
    month = f"{last_known_day().year}-03"
    answer = client.get("/lich-le-hoi/", {"thang": month})
    days = [day for week in answer.context["month"].weeks for day in week if day and day.count]
    assert [(day.date.day, day.count, day.festivals) for day in days] == [(5, 120, [])]
    assert len(answer.context["agenda"]) == 24
    assert len(answer.content) < 60_000
    last = client.get("/lich-le-hoi/", {"thang": month, "ngay": "5", "trang": "5"})
    assert len(last.context["agenda"]) == 24
    assert client.get("/lich-le-hoi/", {"thang": month, "ngay": "6"}).context["agenda"] == []


def test_the_calendar_narrows_to_a_province_and_keeps_it_in_its_addresses(client: Client, province: AdminUnit):
    make_festival("Hội ở Lào Cai", 3, 5, places=[province])
    make_festival("Hội nơi khác", 3, 5)
    page = text(client.get("/lich-le-hoi/", {"thang": f"{last_known_day().year}-03", "tinh": "lao-cai"}))
    assert "Hội ở Lào Cai" in page and "Hội nơi khác" not in page
    assert "tinh=lao-cai" in page
    assert client.get("/lich-le-hoi/", {"tinh": "khong-co"}).status_code == 404


def titles(festivals) -> list[str]:
    return [festival.line.title for festival in festivals]


def test_festivals_known_by_words_are_few_on_the_month_that_their_words_name_and_all_on_their_own_list(client: Client):
    for number in range(14):
        make_festival(f"Lễ cúng rừng {number:02d}", words="tháng Ba dương lịch")
    month = client.get("/lich-le-hoi/", {"thang": "2027-03"})
    assert len(month.context["undated"]) == 12 and month.context["by_words_count"] == 14
    other = client.get("/lich-le-hoi/", {"thang": "2027-08"})
    assert other.context["undated"] == [] and "Không có lời nào nêu tháng này." in text(other) and "Xem cả 14 lễ hội" in text(other)
    everything = client.get("/lich-le-hoi/", {"xem": "loi"})
    assert titles(everything.context["undated"]) == [f"Lễ cúng rừng {number:02d}" for number in range(14)]


def test_festivals_known_by_words_stand_by_season_and_those_whose_words_name_no_month_last(client: Client):
    make_festival("Lễ A", words="sau vụ gặt")
    make_festival("Lễ B", words="khoảng tháng Mười, tháng Mười một âm lịch")
    make_festival("Lễ C", words="tháng Ba dương lịch")
    make_festival("Lễ D", words="đầu năm, chọn ngày Thìn tháng Giêng")
    assert titles(client.get("/lich-le-hoi/", {"xem": "loi"}).context["undated"]) == ["Lễ D", "Lễ C", "Lễ B", "Lễ A"]
    assert titles(client.get("/lich-le-hoi/", {"thang": "2027-02"}).context["undated"]) == ["Lễ D"]


def test_festivals_known_by_words_narrow_to_a_province(client: Client, province: AdminUnit):
    make_festival("Lễ cúng bản ở Lào Cai", words="tháng Ba dương lịch", places=[province])
    make_festival("Lễ cúng bản nơi khác", words="tháng Ba dương lịch")
    for shown in ({"tinh": "lao-cai", "thang": "2027-03"}, {"tinh": "lao-cai", "xem": "loi"}):
        assert titles(client.get("/lich-le-hoi/", shown).context["undated"]) == ["Lễ cúng bản ở Lào Cai"]


def test_a_festival_known_by_words_that_another_process_closed_is_shown_no_more(client: Client, settings):
    settings.PUBLIC_COUNTS_SECONDS = 60
    remembered.forget_all()
    festival = make_festival("Lễ cúng bản", words="tháng Ba dương lịch")
    assert client.get("/lich-le-hoi/", {"thang": "2027-03"}).context["undated"]
    Record.objects.filter(pk=festival.pk).update(access_level=AccessLevel.STAFF)
    assert not client.get("/lich-le-hoi/", {"thang": "2027-03"}).context["undated"]
    assert not client.get("/lich-le-hoi/", {"xem": "loi"}).context["undated"]
    remembered.forget_all()


def test_staff_see_the_festivals_known_by_words_that_are_closed_to_others(client: Client):
    festival = make_festival("Lễ kín", words="tháng Ba dương lịch", own_access=AccessLevel.STAFF)
    client.force_login(make_user("cataloguer", office=festival.office))
    assert titles(client.get("/lich-le-hoi/", {"thang": "2027-03"}).context["undated"]) == ["Lễ kín"]


def test_numbers_of_the_calendar_know_only_what_the_reader_may_see(client: Client):
    make_festival("Hội kín", 3, 5, own_access=AccessLevel.STAFF)
    make_festival("Lễ kín", words="tháng Ba dương lịch", own_access=AccessLevel.STAFF)
    answer = client.get("/lich-le-hoi/", {"thang": f"{last_known_day().year}-03"})
    assert answer.context["page"].paginator.count == answer.context["by_words_count"] == 0
    assert not [day for week in answer.context["month"].weeks for day in week if day and day.count]


@pytest.mark.parametrize("day", ["0", "32", "30", "x", "²", "-1"])
def test_a_day_that_a_month_does_not_have_is_404(client: Client, day: str):
    assert client.get("/lich-le-hoi/", {"thang": "2027-02", "ngay": day}).status_code == 404


def test_a_month_for_which_no_days_are_known_says_so(client: Client):
    make_festival("Hội xuân", 3, 5)
    answer = client.get("/lich-le-hoi/", {"thang": f"{last_known_day().year + 1}-03"})
    assert answer.context["agenda"] == []
    assert "được tính từ" in text(answer)


@pytest.mark.parametrize(("first", "last", "now"), [(-26, -6, False), (-6, 0, True), (0, 3, True), (1, 3, False)])
def test_a_festival_is_in_season_from_its_first_day_to_its_last(first: int, last: int, now: bool):
    today = timezone.localdate()
    occurrence = Occurrence(today + timedelta(first), today + timedelta(last), "computed")
    festival = coming_festival(make_festival("Hội xuân"), occurrence)
    assert (festival.note == "đang vào mùa", festival.days.startswith("đến ")) == (now, now)
    assert festival.note.startswith("đã qua") == (last < 0)


def test_an_english_page_says_the_rule_of_a_festival_in_english_and_the_recorded_words_beside_it(client: Client):
    festival = make_festival("Hội xuân", 2, 10)
    page = text(client.get(f"/en/ban-ghi/{festival.identifier}/"))
    assert "10 February" in page and '<span lang="vi">mùng 8 tháng Giêng</span>' in page
    rare = make_record("Hội voi", record_type="festival", details=[{"type": "festival", "value": FESTIVAL | {"cycle": "two_yearly"}}])
    listed = client.get("/en/lich-le-hoi/", {"thang": "2027-02"}).context["undated"]
    assert [(each.line.identifier, str(each.rule)) for each in listed] == [
        (rare.identifier, "day 8 of the 1st lunar month, not every year")
    ]


def test_the_days_of_a_festival_are_written_in_one_way():
    assert span_in_words(date(2027, 2, 6), date(2027, 2, 20)).replace("\u00a0", " ") == "6–20 tháng 2 năm 2027"
    assert span_in_words(date(2027, 1, 30), date(2027, 2, 2)).replace("\u00a0", " ") == "30 tháng 1 – 2 tháng 2 năm 2027"
    assert span_in_words(date(2027, 2, 6), date(2027, 2, 6)) == "6\u00a0tháng\u00a02 năm\u00a02027", "a narrow line breaks before the year"
    assert span_in_words(date(2026, 11, 24), date(2027, 2, 20)).replace("\u00a0", " ") == "24 tháng 11 năm 2026 – 20 tháng 2 năm 2027"


def test_a_date_on_an_english_page_names_its_month(client: Client):
    record = make_record("Bia đá")
    RecordDate.objects.create(record=record, edtf="1926-03-12")
    assert "12/3/1926" in text(client.get(record.get_absolute_url()))
    assert "12 March 1926" in text(client.get(f"/en/ban-ghi/{record.identifier}/"))


def test_a_year_leads_to_the_days_on_which_festivals_fall(client: Client, province: AdminUnit):
    make_festival("Hội xuân", 3, 5, places=[province])
    year = last_known_day().year
    page = text(client.get("/lich-le-hoi/", {"xem": "nam", "nam": str(year), "tinh": "lao-cai"}))
    assert page.count("#danh-sach") == 1 and f"?thang={year}-03&amp;ngay=5&amp;tinh=lao-cai#danh-sach" in page
    assert client.get("/lich-le-hoi/", {"xem": "nam", "nam": "9999"}).status_code == 404


def test_the_list_begins_today_and_goes_on_by_date(client: Client):
    today = timezone.localdate()
    for days in (-1, 2, 1):
        day = today + timedelta(days)
        make_festival(f"Hội {days}", day.month, day.day)
    assert titles(client.get("/lich-le-hoi/", {"xem": "danh-sach"}).context["coming"])[:3] == ["Hội 1", "Hội 2", "Hội -1"]


def test_the_calendar_of_a_festival_is_told_by_its_line_and_an_entered_day_is_told_as_announced(client: Client):
    entered = [{"type": "item", "value": {"start": "2027-10-05", "end": "2027-10-06"}}]
    details = FESTIVAL | {"calendar": "cham", "date_rule": {"calendar": "cham", "start_month": 7, "start_day": 1}, "occurrences": entered}
    make_record("Katê", record_type="festival", details=[{"type": "festival", "value": details}])
    answer = client.get("/lich-le-hoi/", {"thang": "2027-10"})
    assert [(each.line_style, each.note) for each in answer.context["agenda"]] == [("by-cham", "đã báo, năm 2027")]
    assert '<li class="by-cham"><a' in text(answer)
    assert client.get("/lich-le-hoi/", {"thang": "2028-10"}).context["agenda"] == []


def test_the_page_of_a_festival_says_who_announced_a_day(client: Client):
    festival = make_festival("Katê", words="đầu tháng Bảy lịch Chăm")
    _announce(festival, timezone.localdate() + timedelta(days=40), source="Hội đồng chức sắc Chăm")
    assert "Báo bởi: Hội đồng chức sắc Chăm" in text(client.get(festival.get_absolute_url()))
    assert 'Announced by: <span lang="vi">Hội đồng chức sắc Chăm' in text(client.get(f"/en{festival.get_absolute_url()}"))


def test_a_festival_is_marked_until_a_day_of_the_coming_year_is_announced():
    def lacking() -> set[str]:
        return set(Record.objects.filter(MARKS_BY_CODE["no-coming-day"].condition()).values_list("title_vi", flat=True))

    today = timezone.localdate()
    make_festival("Ngày nào cũng biết", 4, 19)
    make_festival("Bản thảo", words="sau mùa gặt", published=False)
    festival = make_festival("Cúng bến nước", words="sau mùa gặt")
    make_record("Không phải lễ")
    assert lacking() == {"Cúng bến nước"}
    for start, left in ((today - timedelta(days=20), {"Cúng bến nước"}), (today + timedelta(days=200), set())):
        _announce(festival, start)
        assert lacking() == left
    withdraw(make_festival("Đã gỡ", words="sau mùa gặt"), user=make_admin(), reason="Cộng đồng xin gỡ")
    assert lacking() == set()
