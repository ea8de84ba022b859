"""A code of a people means something only with its list."""

import pytest

from library.vocabularies.codes import UnknownGroupCode, group_by_code

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("authorities")]


@pytest.mark.parametrize(
    ("code", "in_1979", "in_2008"), [("04", "Hoa", "Mường"), ("11", "Ngái", "Ê Đê"), ("14", "Xơ Đăng", "Chăm"), ("19", "Hrê", "Raglay")]
)
def test_one_code_means_two_peoples_in_two_lists(code: str, in_1979: str, in_2008: str) -> None:
    assert group_by_code("1979", code).name_vi == in_1979
    assert group_by_code("2008", code).name_vi == in_2008


@pytest.mark.parametrize("code", ["55", "99"])
def test_foreigner_and_unknown_are_accepted_and_name_no_group(code: str) -> None:
    assert group_by_code("1979", code) is None


@pytest.mark.parametrize(("list_name", "code"), [("", "04"), ("2019", "04"), ("2008", "30"), ("1979", "60"), ("1979", "")])
def test_an_unnamed_list_or_an_unread_code_is_refused(list_name: str, code: str) -> None:
    with pytest.raises(UnknownGroupCode):
        group_by_code(list_name, code)
