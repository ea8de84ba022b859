"""The dashboard: each count is exact, and leads to the list of what it counted."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from library.access import STAFF
from library.cataloguing.dashboard.bars import chart
from library.cataloguing.dashboard.review_times import WEEKS, median_days, review_times
from library.records.models import Record, RecordMedia
from library.records.quality import MARKS_BY_CODE, QUALITY_MARKS
from library.review.models import ReviewStep
from library.review.workflow import load_review_workflow
from library.vocabularies.models import EthnicGroup
from media_pipeline.models import Asset, Blob
from tests.factories import make_group, make_record, make_user

pytestmark = pytest.mark.django_db


def make_asset(kind: str = "image") -> Asset:
    number = Blob.objects.count()
    blob = Blob.objects.create(area="original", sha256=f"{number:064x}", size=1, key=f"o/{number}", mime="image/png")
    return Asset.objects.create(kind=kind, original=blob, name_as_given="a", format="x", state="ready")


def _page(client, user, **asked):
    client.force_login(user)
    answer = client.get(reverse("dashboard:index"), asked)
    assert answer.status_code == 200
    return answer


def _cells(answer):
    """(line, column) → cell, of the matrix that the page shows."""
    coverage = answer.context["coverage"]
    lines = (*coverage.lines, *coverage.folded)
    return {(line.label, column): cell for line in lines for column, cell in zip(coverage.columns, line.cells, strict=True)}


def _listed(client, address):
    return client.get(address).context["page_obj"].paginator.count


def test_every_cell_counts_what_its_list_shows(client, provinces):
    for groups in ([provinces.mong], [provinces.mong, provinces.dao]):
        make_record(office=provinces.here, groups=groups, places=[provinces.commune, provinces.lao_cai])
    make_record(office=provinces.here, record_type="costume", groups=[provinces.dao], published=False)
    make_record(office=provinces.elsewhere, groups=[provinces.dao])
    cells = _cells(_page(client, provinces.reviewer))
    assert {key: cell.number for key, cell in cells.items() if cell.number} == {
        ("Mông", "Di sản phi vật thể"): 2,
        ("Dao", "Di sản phi vật thể"): 1,
        ("Dao", "Trang phục, vải"): 1,
    }
    by_province = _cells(_page(client, provinces.reviewer, hang="tinh", dan_toc=provinces.mong.pk))
    assert {key: cell.number for key, cell in by_province.items() if cell.number} == {("Lào Cai", "Di sản phi vật thể"): 2}
    in_province = _cells(_page(client, provinces.reviewer, tinh=provinces.lao_cai.pk))
    assert in_province["Dao", "Di sản phi vật thể"].number == 1 and in_province["Dao", "Trang phục, vải"].number == 0
    for shown in (cells, by_province, in_province):
        for cell in shown.values():
            assert not cell.number or _listed(client, cell.address) == cell.number


def test_the_whole_country_counts_only_what_the_person_may_see(client, provinces):
    make_record(office=provinces.elsewhere, groups=[provinces.dao])
    make_record("Lễ kín", office=provinces.elsewhere, groups=[provinces.dao], own_access=STAFF)
    make_record("Nháp nơi khác", office=provinces.elsewhere, groups=[provinces.dao], published=False)
    answer = _page(client, provinces.reviewer, xem="ca-nuoc")
    cell = _cells(answer)["Dao", "Di sản phi vật thể"]
    assert (cell.number, answer.context["total"]) == (1, 1)
    assert cell.address == f"{reverse('search')}?loai=heritage-element&dan-toc={provinces.dao.slug}"


def test_a_province_sees_first_the_peoples_who_live_there_or_of_whom_it_has_records(client, provinces):
    kinh, lo_lo = make_group("01", "Kinh"), make_group("43", "Lô Lô", "Lo Lo")
    EthnicGroup.objects.filter(pk=kinh.pk).update(whole_country=True)
    provinces.mong.provinces.add(provinces.lao_cai)
    make_record(office=provinces.here, groups=[provinces.dao])
    coverage = _page(client, provinces.reviewer).context["coverage"]
    assert [line.label for line in coverage.lines] == ["Kinh", "Mông", "Dao"]
    assert [line.label for line in coverage.folded] == ["Lô Lô"]
    assert coverage.size == 3 * len(coverage.columns)
    assert str(lo_lo) in _page(client, provinces.reviewer).content.decode()
    country = _page(client, provinces.reviewer, xem="ca-nuoc").context["coverage"]
    assert (len(country.lines), len(country.folded)) == (4, 0)
    there = _page(client, provinces.reviewer, xem="ca-nuoc", tinh=provinces.lao_cai.pk).context["coverage"]
    assert [line.label for line in there.folded] == ["Dao", "Lô Lô"]


def test_whoever_does_not_work_with_records_has_no_dashboard(client, provinces):
    for role, office in (("contributor", None), ("contributor", provinces.here), ("", provinces.here)):
        client.force_login(make_user(role, office))
        assert client.get(reverse("dashboard:index")).status_code in (302, 403), role


def test_what_is_unknown_in_the_address_counts_as_not_asked(client, provinces):
    answer = _page(client, provinces.reviewer, xem="x", hang="y", tinh="z", dan_toc="'")
    assert answer.context["scope"].code == "co-quan" and not answer.context["by_province"]


def test_each_lack_is_counted_and_listed(client, provinces):
    good = make_record("Đủ cả", office=provinces.here, groups=[provinces.mong], places=[provinces.commune], confidence="high")
    RecordMedia.objects.create(record=good, asset=make_asset(), alt_vi="Bà cụ dệt vải")
    poor = make_record("Thiếu cả", office=provinces.here, groups=[provinces.mong], places=[provinces.lao_cai], confidence="low")
    poor.sources.all().delete()
    RecordMedia.objects.create(record=poor, asset=make_asset(), alt_vi="")
    spoken = make_record("Băng ghi âm", office=provinces.here, groups=[provinces.mong], confidence="high")
    RecordMedia.objects.create(record=spoken, asset=make_asset(kind="audio"))
    living = make_record("Nghệ nhân", office=provinces.here, record_type="person", published=False, confidence="high")
    dead = make_record(
        "Người đã mất",
        office=provinces.here,
        record_type="person",
        published=False,
        confidence="high",
        details=[{"type": "person", "value": {"living": "no"}}],
    )
    agreed = make_record(
        "Đã đồng ý",
        office=provinces.here,
        record_type="person",
        published=False,
        confidence="high",
        details=[{"type": "person", "value": {"living": "yes", "consent": ["Giấy số 12"]}}],
    )
    by_words = {
        "calendar": "variable",
        "rule_text": {"text": "sau mùa gặt", "lang": "vi"},
        "attendance": {"rule": "everyone"},
    }
    unannounced = make_record(
        "Cúng bến nước",
        office=provinces.here,
        groups=[provinces.mong],
        record_type="festival",
        confidence="high",
        details=[{"type": "festival", "value": by_words}],
    )
    expected = {
        "no-source": {poor},
        "no-description": {poor},
        "no-transcript": {spoken},
        "no-consent": {living},
        "no-contact-consent": set(),
        "doubtful": {poor},
        "province-only": {poor},
        "no-coming-day": {unannounced},
        "no-file": {living, dead, agreed, unannounced},
    }
    assert {code: set(Record.objects.filter(mark.condition())) for code, mark in MARKS_BY_CODE.items()} == expected
    lines = _page(client, provinces.reviewer).context["quality"]
    assert [line.number for line in lines] == [len(expected[mark.code]) for mark in QUALITY_MARKS]
    for line in lines:
        assert _listed(client, line.address) == line.number


def test_a_contact_is_marked_until_a_consent_to_show_it_holds(client, provinces):
    today = timezone.localdate()
    given = {"given_by": "Bà Mai", "given_how": "written", "given_on": today, "evidence": "Giấy số 3"}

    def make_product(title: str, contact: str = "0214 3 000 000", **consent: Any) -> Record:
        sellers = [{"type": "item", "value": {"name": "Hợp tác xã", "phone": contact, "link": ""}}] if contact else []
        details = [{"type": "product", "value": {"kind": "craft", "contact": sellers}}]
        record = make_record(title, office=provinces.here, groups=[provinces.mong], record_type="product", details=details)
        if consent:
            record.contact_consents.create(**given | consent)
        return record

    make_product("Không ghi liên hệ", contact="")
    make_product("Đồng ý", use="contact")
    lacking = {
        make_product("Chưa hỏi"),
        make_product("Hết hạn", until=today - timedelta(days=1)),
        make_product("Đã rút", withdrawn_at=timezone.now()),
        make_product("Chỉ cho phát loa", use="broadcast"),
    }
    mark = MARKS_BY_CODE["no-contact-consent"]
    assert mark.serious and set(Record.objects.filter(mark.condition())) == lacking
    line = next(line for line in _page(client, provinces.reviewer).context["quality"] if line.label == mark.label)
    assert line.number == len(lacking) == _listed(client, line.address)


def test_review_times_are_the_median_days_of_each_week(client, provinces):
    load_review_workflow()
    now = timezone.now()
    for days in (1, 3, 11):
        record = make_record(office=provinces.here, published=False, created_by=provinces.cataloguer)
        record.save_revision(user=provinces.cataloguer)
        record.get_workflow().start(record, provinces.cataloguer)
        ReviewStep.objects.filter(record=record).update(status="approved", started_at=now - timedelta(days=days), finished_at=now)
    weeks = review_times(provinces.reviewer)
    assert len(weeks) == WEEKS and (weeks[-1].decisions, weeks[-1].days) == (3, 3.0)
    assert not weeks[-1].is_late and median_days(weeks) == 3.0 and median_days(weeks[:-1]) is None
    page = _page(client, provinces.reviewer).content.decode()
    address = reverse("dashboard:week", args=[weeks[-1].monday.isoformat()])
    assert address in page and client.get(address).content.decode().count("/review/") == 3
    assert client.get(reverse("dashboard:week", args=["2026-13-40"])).status_code == 404
    assert review_times(make_user("reviewer", provinces.elsewhere))[-1].decisions == 0


def test_the_figures_of_a_year_are_those_of_the_page(client, provinces):
    make_record(office=provinces.here, groups=[provinces.mong], places=[provinces.commune])
    old = make_record(office=provinces.here, groups=[provinces.dao])
    Record.objects.filter(pk=old.pk).update(created_at="2020-02-02T00:00:00Z", first_published_at="2020-02-02T00:00:00Z")
    year = timezone.localdate().year
    _page(client, provinces.reviewer)
    answer = client.get(reverse("dashboard:year", args=["co-quan", year, "xlsx"]))
    book = load_workbook(BytesIO(answer.content))
    rows = {row[0]: row[1:] for row in book.worksheets[0].iter_rows(values_only=True)}
    assert rows["Di sản phi vật thể"] == (2, 1, 1) and rows["Cộng"] == (2, 1, 1)
    peoples = {row[0]: row for row in book.worksheets[1].iter_rows(values_only=True)}
    assert (peoples["Mông"][-1], peoples["Dao"][-1]) == (1, 1)
    paper = Document(BytesIO(client.get(reverse("dashboard:year", args=["co-quan", year, "docx"])).content))
    assert "Có 2 tư liệu; trong năm lập 1, đăng 1 tư liệu." in [paragraph.text for paragraph in paper.paragraphs]
    assert [cell.text for cell in paper.tables[0].rows[-1].cells] == ["Cộng", "2", "1", "1"] and len(paper.tables) == 4
    assert client.get(reverse("dashboard:year", args=["co-quan", year, "pdf"])).status_code == 404
    assert client.get(reverse("dashboard:year", args=["co-quan", 1999, "xlsx"])).status_code == 404
    assert client.get(reverse("dashboard:year", args=["x", year, "xlsx"])).status_code == 404


def test_columns_fit_the_drawing():
    drawn = chart([("1/1", 12.0, True), ("8/1", None, False), ("15/1", 5.0, False)], 5)
    assert drawn.top == 13 and all(bar.y >= 0 and bar.y + bar.height == drawn.base for bar in drawn.bars)
    assert drawn.bars[2].y == drawn.goal_y and drawn.bars[1].value == ""


def test_the_dashboard_asks_the_same_number_of_queries_for_many_records(client, provinces):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            _page(client, provinces.reviewer)
        return len(asked)

    make_record(office=provinces.here, groups=[provinces.mong])
    queries()
    few = queries()
    for _number in range(8):
        make_record(office=provinces.here, record_type="costume", groups=[provinces.mong, provinces.dao], published=False)
    assert queries() == few
