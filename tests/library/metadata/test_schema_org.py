"""What the head of a page tells machines in schema.org terms (JSON-LD)."""

import json
import re
from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import override

from library.records.models import Record
from library.vocabularies.models import AdminUnit
from tests.factories import make_group, make_record
from tests.library.pages.examples import FESTIVAL, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def vietnamese_first():
    with override("vi"):
        yield


def told(client: Client, address: str) -> dict:
    """The only data block of a page."""
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text(client.get(address)))
    return json.loads(block)


def make_festival(**rule: object) -> Record:
    return make_record("Lễ hội Gầu Tào", record_type="festival", details=[{"type": "festival", "value": FESTIVAL | rule}])


def test_a_record_is_one_thing_in_both_languages_and_each_page_says_its_own(client: Client):
    address = make_festival().get_absolute_url()
    vietnamese, english = told(client, address), told(client, f"/en{address}")
    assert vietnamese["@id"] == english["@id"] == settings.SITE_URL + address
    assert english["url"] == english["subjectOf"]["url"] == f"{settings.SITE_URL}/en{address}"
    assert [page["subjectOf"]["inLanguage"] for page in (vietnamese, english)] == ["vi", "en"]


def test_a_text_in_another_language_than_the_page_says_so(client: Client):
    address = make_festival().get_absolute_url()
    assert told(client, f"/en{address}")["name"] == {"@value": "Lễ hội Gầu Tào", "@language": "vi"}
    assert told(client, address)["name"] == "Lễ hội Gầu Tào"


def test_a_festival_tells_its_next_times_and_one_held_about_a_day_tells_none(client: Client):
    festival = told(client, make_festival().get_absolute_url())
    times = festival["eventSchedule"]
    assert festival["@type"] == "Festival" and len(times) == 3
    assert (festival["startDate"], festival["endDate"]) == (times[0]["startDate"], times[0]["endDate"])
    assert date.fromisoformat(festival["startDate"]) >= date.today()
    around = told(client, make_festival(date_rule=FESTIVAL["date_rule"] | {"around": True}).get_absolute_url())
    assert "startDate" not in around and "eventSchedule" not in around


def test_portals_and_the_first_page_say_what_they_are_about(client: Client):
    make_group()
    AdminUnit.objects.create(level="province", code="15", label_vi="Lào Cai", label_en="Lao Cai", slug="lao-cai")
    assert told(client, "/en/dan-toc/nhom-08/")["about"] == {"@type": "Thing", "name": "Hmong", "alternateName": ["Mông"]}
    assert told(client, "/tinh/lao-cai/")["about"]["@type"] == "AdministrativeArea"
    assert told(client, "/")["potentialAction"]["target"] == f"{settings.SITE_URL}/tim-kiem/?q={{words}}"
