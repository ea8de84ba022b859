"""Who changed what, when and from where: written, searched, taken away as a table, kept for a while, and shown to whoever it concerns."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from library.accounts.actions.people import Person, change_person
from library.accounts.audit.addresses import forget_old_addresses
from library.accounts.models import LogAddress, User
from library.exchange.actions.exports.verbs import ask, seen_keys
from library.records.actions.withdraw import withdraw
from library.records.models import Record
from tests.factories import make_community, make_record, make_user

pytestmark = pytest.mark.django_db
REPORT, LOGIN = "/admin/reports/site-history/", "/admin/login/"
OFFICER_ADDRESS, CHIEF_ADDRESS = "203.0.113.9", "198.51.100.6"
PASSWORD = "secret-secret"


@pytest.fixture
def officer(commune: Any) -> User:
    return make_user("cataloguer", commune, first_name="Páo", last_name="Giàng")


@pytest.fixture
def chief(administrator: User) -> Client:
    browser = Client(REMOTE_ADDR=CHIEF_ADDRESS)
    browser.force_login(administrator)
    return browser


def _sign_in(person: User, password: str = PASSWORD) -> Client:
    browser = Client(REMOTE_ADDR=OFFICER_ADDRESS)
    browser.post(LOGIN, {"username": person.username, "password": password})
    return browser


def _lines(browser: Client, **asked: str) -> list[dict[str, str]]:
    """The rows of the table that the person takes away."""
    text = browser.get(REPORT, asked | {"export": "csv"}).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_sign_ins_and_refused_ones_stand_in_the_log_with_their_address(officer, chief):
    _sign_in(officer, "sai").logout()
    _sign_in(officer).post("/admin/logout/")
    told = {line["Loại thao tác"]: line["Địa chỉ mạng"] for line in _lines(chief, label=str(officer))}
    assert {"Đăng nhập", "Đăng nhập không được", "Đăng xuất"} <= told.keys()
    assert told["Đăng nhập"] == told["Đăng nhập không được"] == OFFICER_ADDRESS


def test_a_name_that_nobody_has_is_not_kept_for_it_may_be_a_password(client):
    client.post(LOGIN, {"username": "mat-khau-cua-toi", "password": "x"})
    assert not ModelLogEntry.objects.filter(action="accounts.sign_in_refused").exists()


def test_the_sign_in_of_a_member_of_a_community_is_not_kept(client):
    member = make_user("", communities=(make_community(),))
    client.post("/tai-khoan/dang-nhap/", {"username": member.username, "password": PASSWORD})
    assert "_auth_user_id" in client.session
    assert not ModelLogEntry.objects.filter(action="accounts.sign_in").exists()


def test_a_change_of_rights_says_what_they_were_and_are(officer, administrator, chief, commune):
    new = Person("Giàng Páo", username=officer.username, office=commune, role="reviewer")
    change_person(officer, new, manager=administrator)
    assert "Người biên mục, Xã Tả Phìn → Người duyệt, Xã Tả Phìn" in chief.get(REPORT).content.decode()


def test_an_export_stands_in_the_history_of_the_person(officer, chief):
    make_record("Hát then", office=officer.office)
    ask(officer, seen_keys(officer, Record.objects.all()), "csv")
    assert "Đã xuất 1 tư liệu" in chief.get(REPORT, {"action": "exchange.export"}).content.decode()


def test_what_an_officer_does_in_the_admin_has_the_address_and_what_a_worker_does_has_none(officer, chief, administrator):
    record = make_record("Hát then", office=officer.office)
    withdraw(record, user=administrator, reason="thử")
    chief.post(f"/admin/records/{record.pk}/restore/")
    lines = {line["Loại thao tác"]: line["Địa chỉ mạng"] for line in _lines(chief, label="Hát then")}
    assert (lines["Đưa trở lại"], lines["Gỡ xuống"]) == (CHIEF_ADDRESS, "")


def test_the_log_is_narrowed_by_person_name_action_and_days(officer, chief, administrator):
    _sign_in(officer)
    old = ModelLogEntry.objects.get(action="accounts.sign_in", user=officer)
    ModelLogEntry.objects.filter(pk=old.pk).update(timestamp=timezone.now() - timedelta(days=40))
    assert len(_lines(chief, action="accounts.sign_in", user=str(officer.pk))) == 1
    assert _lines(chief, action="accounts.sign_in", user=str(officer.pk), timestamp_from=f"{timezone.localdate():%Y-%m-%d}") == []
    assert len(_lines(chief, label=str(officer), action="accounts.sign_in")) == 1
    assert _lines(chief, label="không ai") == []


def test_the_workbook_holds_no_formula_and_taking_it_away_is_logged_too(officer, chief):
    make_record("=HYPERLINK(1)", office=officer.office)
    User.objects.filter(pk=officer.pk).update(last_name="=1+1")
    _sign_in(User.objects.get(pk=officer.pk))
    answer = chief.get(REPORT, {"export": "xlsx"})
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    cells = [cell for row in load_workbook(io.BytesIO(content)).active for cell in row]
    assert cells and all(cell.data_type != "f" for cell in cells)
    assert all(not value.startswith("=") for line in _lines(chief) for value in line.values())
    assert ModelLogEntry.objects.filter(action="accounts.export_log").count() == 2


def test_an_administrator_sees_the_own_subtree_only(chief, foreign):
    _sign_in(foreign.other_province)
    _sign_in(foreign.superuser)
    assert OFFICER_ADDRESS not in chief.get(REPORT).content.decode()
    root = Client(REMOTE_ADDR=CHIEF_ADDRESS)
    root.force_login(foreign.superuser)
    assert chief.get(REPORT).status_code == 200
    assert root.get(REPORT).content.decode().count(OFFICER_ADDRESS) == 2


@pytest.mark.parametrize("role", ["contributor", "cataloguer", "reviewer"])
def test_who_manages_nobody_sees_no_network_address(role, province, chief, officer):
    make_record("Hát then", office=province)
    browser = Client(REMOTE_ADDR=OFFICER_ADDRESS)
    browser.force_login(make_user(role, province))
    page = browser.get(REPORT)
    assert "Địa chỉ mạng" not in page.content.decode() and OFFICER_ADDRESS not in page.content.decode()
    assert all("Địa chỉ mạng" not in line for line in _lines(browser))


def test_addresses_are_forgotten_after_the_days_of_the_setting_and_the_entries_stay(officer, settings):
    _sign_in(officer)
    settings.LOG_ADDRESS_DAYS = 30
    LogAddress.objects.update(at=timezone.now() - timedelta(days=31))
    forget_old_addresses()
    assert not LogAddress.objects.exists()
    assert ModelLogEntry.objects.filter(action="accounts.sign_in").exists()


def test_a_page_of_the_log_asks_for_all_addresses_at_once(officer, chief):
    for _time in range(5):
        _sign_in(officer)
    with CaptureQueriesContext(connection) as queries:
        assert chief.get(REPORT).content.decode().count(OFFICER_ADDRESS) == 5
    asked = [query["sql"] for query in queries if "accounts_logaddress" in query["sql"]]
    assert len(asked) <= len(registry.get_log_entry_models())
