"""Headers: who may keep an answer, what a page may ask of a device, the policy of the admin, previews in the admin's own frame."""

import csv

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from library.frame.static_files import StaticFiles
from library.records.actions.withdraw import withdraw
from tests.factories import make_office, make_record, make_term, make_user
from tests.library.cataloguing.form.test_form import _form

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def index(settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    call_command("ensure_index", verbosity=0)


def test_what_depends_on_rights_is_kept_by_nobody_and_public_pages_stay_as_they_were(client: Client):
    record = make_record("Hội")
    addresses = ["/", record.get_absolute_url(), "/tu-lieu/", "/tim-kiem/?q=a", "/tim-kiem/goi-y/?q=ho", "/tim-kiem/gia-tri/dan-toc/"]
    addresses += ["/tim-kiem/xuat/json/", "/en/"]
    assert {client.get(address).get("Cache-Control") for address in addresses} == {None}
    client.force_login(make_user("cataloguer", make_office()))
    assert {client.get(address)["Cache-Control"] for address in addresses} == {"private, no-store"}


def test_a_browser_asks_again_for_what_was_withdrawn(client: Client):
    record = make_record("Hội")
    withdraw(record, user=make_user("administrator", make_office("bo")), reason="xin gỡ")
    answer = client.get(record.get_absolute_url())
    assert (answer.status_code, answer["Cache-Control"]) == (410, "no-cache")


@pytest.mark.parametrize("address", ["/", "/khong-co/", "/admin/login/", "/healthz", "/tep/x"])
def test_no_page_may_use_the_camera_the_microphone_or_the_place(client: Client, address: str):
    policy = client.get(address)["Permissions-Policy"]
    assert {"camera=()", "microphone=()", "geolocation=()"} <= set(policy.split(", "))


def test_the_admin_runs_scripts_of_its_own_and_sends_forms_to_itself_only(client: Client):
    policy = dict(part.strip().partition(" ")[::2] for part in client.get("/admin/login/")["Content-Security-Policy"].split(";"))
    assert policy["script-src"] == policy["style-src"] == "'self' 'unsafe-inline'"
    assert policy["default-src"] == policy["base-uri"] == "'none'"
    assert policy["form-action"] == policy["connect-src"] == policy["frame-ancestors"] == "'self'"


def test_the_preview_of_a_record_is_the_public_page_in_a_frame_of_the_admin(client: Client):
    client.force_login(make_user("reviewer", make_office()))
    make_term("vn_ich_categories", "le-hoi", "Lễ hội truyền thống")
    address = reverse("wagtailsnippets_records_record:preview_on_edit", args=[make_record("Hội", published=False).pk])
    assert client.post(address, _form("Hội xem trước")).json()["is_valid"]
    answer = client.get(address)
    assert answer.status_code == 200
    assert "Hội xem trước" in answer.content.decode()
    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy and "script-src 'self';" in f"{policy};"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_public_pages_stay_out_of_every_frame(client: Client):
    assert "frame-ancestors 'none'" in client.get("/")["Content-Security-Policy"]


def test_a_page_shows_where_no_static_file_was_packed(monkeypatch, settings, tmp_path):
    """The page for errors, too: it is rendered when much else is broken."""
    settings.STATIC_ROOT = tmp_path
    empty = StaticFiles(location=str(tmp_path), base_url="/static/")
    monkeypatch.setattr(staticfiles_storage, "_wrapped", empty)
    assert "/static/css/site.css" in render_to_string("500.html")


def test_wagtails_own_tables_hold_no_formulas_and_say_their_encoding(client: Client):
    client.force_login(make_user("administrator", make_office("bo")))
    record = make_record("=1+1 Hội", published=False)
    record.save_revision(log_action=True)
    answer = client.get(reverse("wagtailadmin_reports:site_history"), {"export": "csv"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    table = answer.getvalue().decode()
    assert table.startswith("\ufeff")
    cells = [cell for row in csv.reader(table.splitlines()) for cell in row]
    assert "'=1+1 Hội" in cells
    assert not [cell for cell in cells if cell.startswith("=")]
