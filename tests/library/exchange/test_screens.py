"""The screens of imports: an officer's way by what the pages offer, and every address closed to other offices and roles."""

from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve, reverse
from openpyxl import load_workbook

from library.exchange.models import Import
from library.exchange.views import downloads, report
from library.exchange.views.viewset import ImportViewSet
from library.records.models import Record
from tests.factories import make_office, make_user

from .conftest import work
from .sheets import HEADER, workbook

pytestmark = pytest.mark.django_db
ROWS = (("A1", "Hội Gầu Tào", "H’mông", "Tả Phìn", "khoảng 1930", ""), ("A2", "Hội sai", "Mông", "Yên Định, Bắc Mê", "31/4/2025", ""))


@pytest.fixture
def officer(client: Client, province: SimpleNamespace) -> Client:
    client.force_login(province.user)
    return client


def _send(client: Client, content: bytes, name: str = "kiem-ke.xlsx") -> Any:
    return client.post(reverse("imports:index"), {"record_type": "festival", "file": SimpleUploadedFile(name, content)})


def _page(client: Client, job: Import, **query: str) -> str:
    return client.get(reverse("imports:one", args=[job.pk]), query).content.decode()


def test_an_officer_sends_matches_mends_imports_and_undoes(officer: Client):
    _send(officer, workbook(HEADER, *ROWS))
    job = Import.objects.get()
    assert "data-import-progress" in _page(officer, job)
    work()
    page = _page(officer, job)
    assert "Khớp cột" in page and "Hội Gầu Tào · Hội sai" in page
    job.refresh_from_db()
    columns = {f"column-{at}": key for at, key in enumerate(job.mapping)}
    officer.post(reverse("imports:match", args=[job.pk]), columns | {"existing": "fill"})
    work()
    page = _page(officer, job)
    assert "Nhập 1 dòng" in page and "31/4/2025" in page and "Chưa có gì được ghi vào thư viện" in page
    assert "Xã Ngọc Đường" in page
    assert "hoảng năm 1930" in _page(officer, job, xem="changed")
    _mend_both(officer, job)
    officer.post(reverse("imports:step", args=[job.pk, "run"]))
    work()
    assert Record.objects.count() == 2 and "Tư liệu mới là bản nháp" in _page(officer, job)
    officer.post(reverse("imports:step", args=[job.pk, "undo"]))
    work()
    assert Record.objects.count() == 0 and "trở về như trước" in _page(officer, job)


def _mend_both(officer: Client, job: Import) -> None:
    """One cell by a press, one by typing."""
    [row] = job.rows.filter(outcome="refuse")
    place = next(note for note in row.notes if note["column"] == 3)
    address = reverse("imports:mend", args=[job.pk, row.number])
    officer.post(address, {"column": 3, "choice": place["choices"][0], "text": "?"})
    officer.post(address, {"column": 4, "text": "30/4/2025"})
    row.refresh_from_db()
    assert row.outcome == "create"


def test_a_mapping_with_a_column_left_out_says_so_and_keeps_what_was_chosen(officer: Client):
    _send(officer, workbook(("Tên", "Ghi chú"), ("Hội", "x")))
    work()
    job = Import.objects.get()
    answer = officer.post(
        reverse("imports:match", args=[job.pk]), {"column-0": "title_en", "column-1": "", "existing": "fill"}, follow=True
    )
    words = answer.content.decode()
    assert "Còn cột chưa chọn" in words and "Chưa cột nào đưa vào ô “Tên”" in words
    job.refresh_from_db()
    assert job.state == "mapping" and job.mapping == ["title_en", ""]


@pytest.mark.parametrize(("content", "words"), [(b"", "trống"), (b"%PDF-1.7", "Đây không phải bảng"), (b"PK\x03\x04x", "hỏng")])
def test_a_file_that_is_no_table_is_refused_at_once_in_words(officer: Client, content: bytes, words: str):
    answer = _send(officer, content)
    assert answer.status_code == 400 and words in answer.content.decode() and not Import.objects.exists()


def test_the_annotated_copy_names_what_to_mend_and_comes_back(officer: Client):
    _send(officer, workbook(HEADER, *ROWS))
    work()
    job = Import.objects.get()
    officer.post(
        reverse("imports:match", args=[job.pk]), {f"column-{at}": key for at, key in enumerate(job.mapping)} | {"existing": "fill"}
    )
    work()
    copy = b"".join(officer.get(reverse("imports:copy", args=[job.pk]), {"con-lai": ""}))
    [_names, row] = load_workbook(BytesIO(copy)).active.iter_rows(values_only=True)
    assert row[:2] == ("A2", "Hội sai") and "30" in row[6] and "Xã Ngọc Đường" in row[6]
    _send(officer, copy)
    work()
    assert Import.objects.order_by("-pk")[0].mapping == [*job.mapping, "-"]


def _addresses(job: Import) -> dict[str, str]:
    """Name → address, of every pattern of imports."""
    arguments: dict[str, list[Any]] = {
        "index": [],
        "template": ["festival", "xlsx"],
        "one": [job.pk],
        "match": [job.pk],
        "mend": [job.pk, 2],
        "copy": [job.pk],
        "step": [job.pk, "undo"],
    }
    names = {pattern.name for pattern in ImportViewSet("imports").get_urlpatterns()}
    assert names == set(arguments), "a new address needs its line here"
    return {name: reverse(f"imports:{name}", args=args) for name, args in arguments.items()}


@pytest.mark.parametrize(
    ("role", "where", "status"),
    [("contributor", "tinh-15", 403), ("cataloguer", "tinh-08", 404), ("administrator", "tinh-08", 404), ("cataloguer", "bo", 200)],
)
def test_every_address_is_closed_to_other_offices_and_roles(checked: Any, client: Client, role: str, where: str, status: int):
    job = checked(workbook(HEADER, *ROWS), "bi-mat.xlsx")
    client.force_login(make_user(role, make_office(where)))
    for name, address in _addresses(job).items():
        answer = client.get(address) if name in ("index", "template", "one", "copy") else client.post(address, {"column": 1, "text": "x"})
        if status == 200:
            assert answer.status_code in (200, 302), name
        elif name in ("index", "template") and role != "contributor":
            assert answer.status_code == 200 and b"bi-mat" not in b"".join(answer), name
        else:
            assert answer.status_code in {status, 302 if role == "contributor" else status, 404}, (name, answer.status_code)
            assert answer.status_code != 200
    if status != 200:
        job.refresh_from_db()
        assert job.state == "checked" and job.rows.get(number=2).cells[1] == "Hội Gầu Tào"


def test_the_menu_shows_imports_to_whom_may_import(province: SimpleNamespace, client: Client):
    for role, shown in (("cataloguer", True), ("contributor", False)):
        client.force_login(make_user(role, province.office))
        assert (reverse("imports:index") in client.get("/admin/").content.decode()) is shown


def test_the_heading_names_the_page(officer: Client):
    heading = BeautifulSoup(officer.get(reverse("imports:index")).content, "html.parser").find("h1")
    assert heading and "Nhập dữ liệu" in heading.get_text()


def test_sending_a_file_and_counting_what_is_missing_hold_no_transaction():
    for address in (reverse("imports:index"), reverse("wagtailsnippets_records_record:completeness_on_add")):
        assert resolve(address).func._non_atomic_requests


def test_an_annotated_copy_of_a_long_table_has_only_what_is_to_mend(officer: Client, checked: Any, monkeypatch: pytest.MonkeyPatch):
    job = checked(workbook(HEADER, *ROWS), "a.xlsx")
    for module in (report, downloads):
        monkeypatch.setattr(module, "MOST_COPIED", 1)
    address = reverse("imports:copy", args=[job.pk])
    assert f'"{address}"' not in _page(officer, job) and officer.get(address).status_code == 404
    copy = load_workbook(BytesIO(b"".join(officer.get(address, {"con-lai": ""})))).active
    assert copy.max_row == 2
