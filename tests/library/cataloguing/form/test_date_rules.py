"""A date rule in the form: the calendar is asked once, and what was typed is read back with the next three times."""

import pytest
from django.test import Client
from django.urls import reverse

from library.records.profiles import profile
from library.records.profiles.blocks import struct_block
from tests.factories import make_term, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make_user("cataloguer"))
    return client


def test_a_festival_is_asked_for_its_calendar_once_and_its_rule_follows() -> None:
    make_term("calendars", "vn-lunar", "Âm lịch Việt Nam")
    block = struct_block(profile("festival"))
    value = block.to_python({"calendar": "vn-lunar", "date_rule": {"start_month": 1, "start_day": 8}})
    assert block.clean(value)["date_rule"]["calendar"] == "vn-lunar"
    asked = block.child_blocks["date_rule"].child_blocks["calendar"].field.widget
    assert asked.is_hidden


def test_a_type_without_a_field_for_the_calendar_is_asked_in_its_rule() -> None:
    rule = struct_block(profile("ritual")).child_blocks["when"]
    assert not rule.child_blocks["calendar"].field.widget.is_hidden


def test_a_rule_is_read_back_with_the_next_three_times(staff: Client) -> None:
    rule = {"calendar": "vn-lunar", "start_month": "1", "start_day": "8", "end_month": "1", "end_day": "10"}
    answer = staff.get(reverse("read_date_rule"), rule).json()
    assert answer["said"] == "Mùng 8 đến mùng 10 tháng Giêng"
    assert len(answer["next"]) == 3 and all(" – " in days for days in answer["next"])


def test_the_numbers_that_words_name_are_offered_and_a_rule_without_days_is_left_alone(staff: Client) -> None:
    proposal = staff.get(reverse("read_date_rule"), {"words": "mùng 8 tháng Giêng"}).json()["proposal"]
    assert (proposal["calendar"], proposal["numbers"]["start_month"], proposal["numbers"]["start_day"]) == ("vn-lunar", 1, 8)
    assert staff.get(reverse("read_date_rule"), {"words": "sau vụ gặt"}).json()["proposal"] is None


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"start_month": "13", "calendar": "gregorian"}, "Tháng từ 1 đến 12."),
        ({"start_month": "1", "start_day": "8"}, "Hãy chọn lịch."),
        ({"start_month": "giêng"}, "Ngày và tháng ghi bằng số."),
    ],
)
def test_what_is_wrong_with_a_rule_is_asked_at_once(staff: Client, rule: dict[str, str], words: str) -> None:
    answer = staff.get(reverse("read_date_rule"), rule).json()
    assert words in answer["question"] and not answer["said"]
