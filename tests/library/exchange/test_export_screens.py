"""The screens of exports: from the list of records to the file, for its owner alone."""

from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from library.exchange.actions.exports import verbs
from library.exchange.models import Export
from library.records.actions.create import create
from library.records.models import Record
from tests.factories import make_user, new_record

from .test_exports import work

pytestmark = pytest.mark.django_db
LIST = "wagtailsnippets_records_record:list"


@pytest.fixture
def officer(client: Client, province: SimpleNamespace) -> Client:
    for title in ("Hội Gầu Tào", "Hội Lồng Tồng", "Lễ cúng rừng"):
        create(new_record(title, record_type="festival", office=province.office, details=[]))
    client.force_login(province.user)
    return client


def _body(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()


def test_the_filtered_list_is_exported_as_it_is_shown(officer: Client):
    page = BeautifulSoup(officer.get(reverse(LIST), {"q": "hoi", "record_type": "festival"}).content, "html.parser")
    [link] = [each for each in page.find_all("a") if each.get_text(strip=True) == "Xuất danh sách này"]
    assert "Xuất 2 tư liệu" in " ".join(officer.get(link["href"]).content.decode().split())
    answer = officer.post(link["href"], {"format": "csv"})
    body = _body(answer)
    assert "Hội Gầu Tào" in body and "Hội Lồng Tồng" in body and "Lễ cúng rừng" not in body
    assert "attachment" in answer["Content-Disposition"] and "no-store" in answer["Cache-Control"]
    assert not Export.objects.exists()


def test_ticked_records_are_exported_alone_and_all_ticked_means_the_list(officer: Client):
    record = Record.objects.get(title_vi="Lễ cúng rừng")
    address = reverse("wagtail_bulk_action", args=["records", "record", "export"])
    one = officer.get(address, {"id": record.pk, "next": reverse(LIST)})
    assert "Lễ cúng rừng" in _body(officer.post(one["Location"], {"format": "jsonl"}))
    all_shown = officer.get(address, {"id": "all", "next": reverse(LIST) + "?q=long+tong"})
    body = _body(officer.post(all_shown["Location"], {"format": "jsonl"}))
    assert "Hội Lồng Tồng" in body and "Hội Gầu Tào" not in body


def test_an_export_with_originals_is_a_job_with_a_page_of_its_own(officer: Client, province: SimpleNamespace):
    page = officer.post(reverse("exports:index"), {"format": "bag"})
    assert "data-import-progress" in officer.get(page["Location"]).content.decode()
    export = Export.objects.get()
    officer.post(reverse("exports:step", args=[export.pk, "stop"]))
    assert "Làm tiếp" in officer.get(page["Location"]).content.decode()
    officer.post(reverse("exports:step", args=[export.pk, "resume"]))
    work()
    assert "Tải về" in officer.get(page["Location"]).content.decode()
    answer = officer.get(reverse("exports:file", args=[export.pk]))
    assert b"".join(answer.streaming_content).startswith(b"PK")
    part = officer.get(reverse("exports:file", args=[export.pk]), headers={"Range": "bytes=0-3"})
    assert part.status_code == 206
    officer.post(reverse("exports:delete", args=[export.pk]))
    assert not Export.objects.exists()


def test_nobody_else_reaches_an_export(officer: Client, province: SimpleNamespace):
    officer.post(reverse("exports:index"), {"format": "bag"})
    work()
    export = Export.objects.get()
    addresses = [("one", "get"), ("file", "get"), ("delete", "post")]
    for other in (make_user("cataloguer", province.office), make_user("administrator", province.office)):
        officer.force_login(other)
        for name, method in addresses:
            assert getattr(officer, method)(reverse(f"exports:{name}", args=[export.pk])).status_code in (302, 404)
        assert officer.post(reverse("exports:step", args=[export.pk, "stop"])).status_code in (302, 404)
    assert Export.objects.filter(pk=export.pk, state="done").exists()


def test_the_page_of_imports_leads_to_exports(officer: Client):
    assert reverse("exports:index") in officer.get(reverse("imports:index")).content.decode()


def test_the_page_counts_the_records_and_reads_no_keys(officer: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(verbs, "MOST_RECORDS", 2)
    assert "Quá 2 tư liệu" in officer.get(reverse("exports:index")).content.decode()
    monkeypatch.undo()
    with CaptureQueriesContext(connection) as queries:
        page = officer.get(reverse("exports:index")).content.decode()
    assert "Xuất 3 tư liệu" in " ".join(page.split())
    asked = [each["sql"] for each in queries if f"LIMIT {verbs.MOST_RECORDS + 1}" in each["sql"]]
    assert asked and all(sql.startswith("SELECT COUNT(") for sql in asked)
