"""Two provinces with their people, two groups."""

from dataclasses import dataclass

import pytest

from library.accounts.models import Office, User
from library.vocabularies.models import AdminUnit, EthnicGroup
from tests.factories import make_group, make_office, make_user


@dataclass(frozen=True)
class Provinces:
    """Lào Cai with its reviewer and cataloguer, and an office elsewhere."""

    here: Office
    elsewhere: Office
    reviewer: User
    cataloguer: User
    mong: EthnicGroup
    dao: EthnicGroup
    lao_cai: AdminUnit
    commune: AdminUnit


@pytest.fixture
def provinces() -> Provinces:
    here, elsewhere = make_office("tinh-15"), make_office("tinh-1")
    unit = AdminUnit.objects.create(level="province", code="15", label_vi="Lào Cai", slug="lao-cai")
    commune = AdminUnit.objects.create(level="commune", code="02674", label_vi="Tả Phìn", slug="ta-phin", parent=unit)
    return Provinces(
        here,
        elsewhere,
        make_user("reviewer", here),
        make_user("cataloguer", here),
        make_group("08", "Mông"),
        make_group("09", "Dao", "Yao"),
        unit,
        commune,
    )
