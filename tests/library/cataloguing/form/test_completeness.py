"""What the form says is missing to publish is what publishing asks; it is read from the form as it stands, and stored nowhere."""

import pytest
from django.test import Client
from django.urls import reverse

from library.records.actions.requirements import missing_for_publication, requirements
from library.records.models import Record
from tests.factories import make_group, make_office, make_record, make_source, make_term, make_user, new_record
from tests.library.cataloguing.form.test_form import _form

pytestmark = pytest.mark.django_db
LIST = "wagtailsnippets_records_record"


@pytest.fixture
def officer(client: Client) -> Client:
    make_term("rights_statements", "CNE")
    make_term("vn_ich_categories", "le-hoi", "Lễ hội truyền thống")
    client.force_login(make_user("cataloguer", make_office()))
    return client


def missing(answer: dict[str, list[dict[str, object]]]) -> set[object]:
    return {row["part"] or row["field"] for row in answer["rows"] if not row["met"]}


def test_the_list_of_the_form_is_the_list_of_publishing() -> None:
    record = new_record("Hội", record_type="festival")
    unmet = {each.field for each in requirements(record) if not each.met}
    assert unmet == set(missing_for_publication(record)) and "details" in unmet
    assert {each.part for each in requirements(record) if each.part} == {"calendar", "rule_text", "attendance"}


def test_the_form_is_read_while_somebody_types_and_nothing_is_stored(officer: Client) -> None:
    record = make_record("Hội", office=make_office(), published=False)
    address = reverse(f"{LIST}:completeness_on_edit", args=[record.pk])
    assert missing(officer.post(address, _form("Hội", category="")).json()) == {"summary_vi", "category", "groups"}
    full = _form("Hội", group=make_group(), source=make_source())
    assert missing(officer.post(address, full).json()) == set()
    assert Record.objects.get(pk=record.pk).summary_vi == record.summary_vi


def test_a_new_record_is_read_before_it_is_stored(officer: Client) -> None:
    address = reverse(f"{LIST}:completeness_on_add") + "?type=heritage-element"
    assert missing(officer.post(address, _form("Hội")).json()) == {"summary_vi", "groups", "sources"}
    assert not Record.objects.exists()


def test_another_offices_record_is_not_read(officer: Client) -> None:
    record = make_record("Hội", office=make_office("tinh-01"), published=False)
    response = officer.post(reverse(f"{LIST}:completeness_on_edit", args=[record.pk]), _form("Hội"))
    assert response.status_code in {302, 403} and "rows" not in response.content.decode()


def test_the_form_carries_the_list_from_the_start(officer: Client) -> None:
    record = make_record("Hội", office=make_office(), published=False)
    page = officer.get(reverse(f"{LIST}:edit", args=[record.pk])).content.decode()
    assert "<record-completeness" in page and '"field": "sources"' in page


def test_a_form_without_a_title_is_read_too(officer):
    address = reverse(f"{LIST}:completeness_on_add") + "?type=heritage-element"
    rows = officer.post(address, _form("", group=make_group())).json()["rows"]
    met = {row["field"]: row["met"] for row in rows if not row["part"]}
    assert (met["title_vi"], met["groups"], met["summary_vi"]) == (False, True, True)
