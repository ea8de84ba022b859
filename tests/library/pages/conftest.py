"""A province and a festival in it."""

import pytest
from django.utils.translation import override

from library.records.models import Record
from library.vocabularies.models import AdminChange, AdminUnit
from tests.factories import make_record
from tests.library.pages.examples import FESTIVAL


@pytest.fixture
def province() -> AdminUnit:
    return AdminUnit.objects.create(level="province", code="15", label_vi="Lào Cai", label_en="Lao Cai", slug="lao-cai")


@pytest.fixture
def units(province: AdminUnit) -> dict[str, AdminUnit]:
    """A commune of the province with a point, the former province and district, and the two former communes that became it."""
    former = AdminUnit.objects.create(level="former_province", code="10", label_vi="Lào Cai", slug="lao-cai")
    district = AdminUnit.objects.create(level="former_district", code="088", label_vi="Thị xã Sa Pa", slug="thi-xa-sa-pa", parent=former)
    old = [
        AdminUnit.objects.create(level="former_commune", code=code, label_vi=name, slug="x", parent=district)
        for code, name in (("03013", "Xã Tả Phìn"), ("03016", "Xã Trung Chải"))
    ]
    commune = AdminUnit.objects.create(
        level="commune", code="03013", label_vi="Xã Tả Phìn", slug="xa-ta-phin", parent=province, latitude=22.4022, longitude=103.8461
    )
    for unit, new, how in ((former, province, "whole"), (old[0], commune, "whole"), (old[1], commune, "part")):
        AdminChange.objects.create(old=unit, new=new, how=how, effective="2025-07-01")
    return {"commune": commune, "former": former, "district": district, "old": old[0]}


@pytest.fixture
def festival(province: AdminUnit) -> Record:
    return make_record("Lễ hội Gầu Tào", record_type="festival", details=[{"type": "festival", "value": FESTIVAL}], places=[province])


@pytest.fixture(autouse=True)
def vietnamese_first():
    """A test that read an English page leaves English behind; addresses are made in the language that is active."""
    with override("vi"):
        yield
