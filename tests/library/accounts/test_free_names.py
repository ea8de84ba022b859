"""Names that are made of other names are free, also when one of their row was deleted."""

import pytest

from library.accounts.actions.free_names import hyphenated
from library.accounts.actions.memberships import save_community
from library.accounts.models import Community

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("name", "short"), [("Giàng A Páo", "giang-a-pao"), ("Xã Đắk Lắk 2", "xa-dak-lak-2"), ("ꯃꯩꯇꯩ", "")])
def test_a_short_name_has_letters_digits_and_hyphens(name, short):
    assert hyphenated(name) == short


def test_a_community_gets_an_address_that_no_other_has(administrator, province):
    def add() -> str:
        return save_community(Community(name_vi="Người Tày", office=province), manager=administrator).slug

    assert [add(), add(), add()] == ["nguoi-tay", "nguoi-tay-2", "nguoi-tay-3"]
    Community.objects.get(slug="nguoi-tay-2").delete()
    assert [add(), add()] == ["nguoi-tay-2", "nguoi-tay-4"]
