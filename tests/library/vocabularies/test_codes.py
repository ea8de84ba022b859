"""The two official lists number the peoples differently: a code means something only together with its list."""

import pytest

from library.vocabularies.models import GroupCode

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("authorities")]


@pytest.mark.parametrize(
    ("code", "in_1979", "in_2008"), [("04", "Hoa", "Mường"), ("11", "Ngái", "Ê Đê"), ("14", "Xơ Đăng", "Chăm"), ("19", "Hrê", "Raglay")]
)
def test_one_code_means_two_peoples_in_two_lists(code: str, in_1979: str, in_2008: str) -> None:
    assert GroupCode.objects.get(list="1979", code=code).group.name_vi == in_1979
    assert GroupCode.objects.get(list="2008", code=code).group.name_vi == in_2008


@pytest.mark.parametrize("code", ["55", "99"])
def test_foreigner_and_unknown_are_accepted_and_name_no_group(code: str) -> None:
    assert GroupCode.objects.get(list="1979", code=code).group is None


@pytest.mark.parametrize(("list_name", "code"), [("", "04"), ("2019", "04"), ("2008", "30"), ("1979", "60"), ("1979", "")])
def test_a_list_that_does_not_exist_or_a_code_outside_its_list_has_no_row(list_name: str, code: str) -> None:
    assert not GroupCode.objects.filter(list=list_name, code=code).exists()
