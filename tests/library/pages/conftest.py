"""A province and a festival in it."""

import pytest
from django.utils.translation import override

from library.records.models import Record
from library.vocabularies.models import AdminUnit
from tests.factories import make_record
from tests.library.pages.examples import FESTIVAL, make_units


@pytest.fixture
def province() -> AdminUnit:
    return AdminUnit.objects.create(level="province", code="15", label_vi="Lào Cai", label_en="Lao Cai", slug="lao-cai")


@pytest.fixture
def units(province: AdminUnit) -> dict[str, AdminUnit]:
    """A commune of the province and the units of before July 2025."""
    return make_units(province)


@pytest.fixture
def festival(province: AdminUnit) -> Record:
    return make_record("Lễ hội Gầu Tào", record_type="festival", details=[{"type": "festival", "value": FESTIVAL}], places=[province])


@pytest.fixture(autouse=True)
def vietnamese_first():
    """A test that read an English page leaves English behind; addresses are made in the language that is active."""
    with override("vi"):
        yield
