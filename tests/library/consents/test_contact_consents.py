"""The contact of makers: readers see it while a consent holds, and at no door otherwise; those in charge always."""

import gzip
import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from library.access import ANONYMOUS
from library.exchange.gathering.batch import Batch
from library.exchange.gathering.tell import tell_all
from library.records.access.consents import readable_profile
from library.records.actions.consents import record_consent, withdraw_consent
from library.records.models import ContactConsent, Record
from library.records.profiles import ProfileError
from library.records.profiles.reading import read_profile
from tests.factories import make_office, make_record, make_user

pytestmark = pytest.mark.django_db
PHONE = "0214 3 000 111"
VALUES = {
    "kind": "craft",
    "ocop": {"group": "handicraft", "stars": 4, "year": "2024", "certificate": "215/QĐ-UBND"},
    "order": [{"type": "item", "value": {"text": "Đặt trước một tháng.", "lang": "vi"}}],
    "contact": [{"type": "item", "value": {"name": "Hợp tác xã Nà Mẫu", "phone": PHONE, "link": "https://vidu.vn/na-mau"}}],
    "steps": [{"type": "item", "value": {"text": {"text": "Xe sợi lanh.", "lang": "vi"}}}],
}


@pytest.fixture
def product() -> Record:
    return make_record("Vải lanh Nà Mẫu", record_type="product", details=[{"type": "product", "value": VALUES}])


@pytest.fixture
def officer():
    return make_user("cataloguer", make_office())


def _consent(**fields) -> ContactConsent:
    today = timezone.localdate()
    return ContactConsent(**{"given_by": "Hợp tác xã", "given_how": "written", "given_on": today, "evidence": "Giấy số 1", **fields})


def _doors(record: Record, user=None) -> dict[str, str]:
    """What each way to the record tells a reader, or an officer of another office."""
    client = Client()
    address = f"/ban-ghi/{record.identifier}/"
    told = {page: client.get(page).content.decode() for page in (address, f"/en{address}", f"{address}ho-chieu/", f"/en{address}ho-chieu/")}
    elsewhere = make_user("cataloguer", make_office("tinh-1")).viewer
    batch = Batch(elsewhere, [record.pk])
    return told | {
        way: json.dumps(list(tell_all(batch, way)), ensure_ascii=False, default=str) for way in ("cells", "sheet", "content", "bag")
    }


def _hidden_everywhere(record: Record) -> bool:
    return not any(PHONE in text or "vidu.vn" in text for text in _doors(record).values())


def test_no_door_shows_a_contact_without_a_consent_and_every_one_does_with_it(product, officer):
    assert _hidden_everywhere(product)
    record_consent(product, _consent(), user=officer)
    assert [door for door, text in _doors(product).items() if PHONE not in text] == []


def test_withdrawal_hides_the_contact_at_every_door_and_keeps_the_row(product, officer):
    record_consent(product, _consent(), user=officer)
    withdraw_consent(product, user=officer)
    assert _hidden_everywhere(product)
    assert ContactConsent.objects.get().withdrawn_at is not None


@pytest.mark.parametrize(("days", "shown"), [(0, True), (-1, False)])
def test_a_consent_holds_until_the_end_of_its_last_day(product, officer, days, shown):
    record_consent(product, _consent(until=timezone.localdate() + timedelta(days=days)), user=officer)
    assert (PHONE in Client().get(product.get_absolute_url()).content.decode()) is shown


def test_the_office_in_charge_reads_the_contact_that_readers_do_not_see(product, officer):
    def keys(viewer):
        return {field.key for field in readable_profile(product, viewer).fields}

    assert keys(officer.viewer) - keys(ANONYMOUS) == {"contact"}


def test_an_officer_elsewhere_can_neither_record_nor_withdraw_a_consent(product):
    client = Client()
    client.force_login(make_user("reviewer", make_office("tinh-1")))
    for name in ("contact_consent", "withdraw_contact_consent"):
        assert client.post(reverse(name, args=[product.pk])).status_code in {302, 403, 404}
    with pytest.raises(PermissionDenied):
        record_consent(product, _consent(), user=make_user("reviewer", make_office("tinh-1")))
    assert not ContactConsent.objects.exists()


def test_a_profile_refuses_to_index_what_needs_a_consent(tmp_path):
    path = tmp_path / "thing.yaml"
    field = "{key: phone, label: {vi: a, en: b}, type: text, needs_consent: true, searchable: true}"
    path.write_text(f"code: thing\nlabel: {{vi: a, en: b}}\nfields:\n  - {field}\n")
    with pytest.raises(ProfileError):
        read_profile(path)


def test_a_passport_is_one_light_document_that_asks_for_nothing_else(product, client):
    for language in ("", "/en"):
        answer = client.get(f"{language}/ban-ghi/{product.identifier}/ho-chieu/")
        text = answer.content.decode()
        assert len(gzip.compress(answer.content)) <= 20 * 1024
        assert not any(sign in text for sign in ('<link rel="stylesheet', "<script", "<img", "src="))
        assert "'unsafe-inline'" not in answer["Content-Security-Policy"]
        assert "★★★★☆" in text and "Xe sợi lanh." in text and "215/QĐ-UBND" in text


def test_only_a_product_that_everybody_may_see_has_a_passport(product, client):
    closed = make_record("Vải kín", record_type="product", details=[{"type": "product", "value": VALUES}], own_access="staff")
    client.force_login(make_user("cataloguer", make_office()))
    for record in (closed, make_record("Hội xuân")):
        assert client.get(f"{record.get_absolute_url()}ho-chieu/").status_code == 404
        assert client.get(f"{record.get_absolute_url()}ho-chieu/the/").status_code == 404
    assert client.get(f"{product.get_absolute_url()}ho-chieu/the/").status_code == 200
