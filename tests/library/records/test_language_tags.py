"""Language tags as BCP 47 has them."""

import pytest
from django.core.exceptions import ValidationError

from library.records.language_tags import direction, validate_language_tag


@pytest.mark.parametrize(
    "tag", ["vi", "tyz", "hmn-Latn", "km-Khmr", "cjm-Cham", "blt-Tavt", "zh-x-sandiu", "cja-Arab", "vi-Hani-VN", "x-lai-tay"]
)
def test_tags_of_the_library_are_accepted(tag):
    assert validate_language_tag(tag) is None


@pytest.mark.parametrize("tag", ["", "Tày", "VI", "vi-latn", "vi_VN", "t", "hmn-", "<script>", "vi-Latn-" + "x" * 50])
def test_malformed_tags_are_refused(tag):
    with pytest.raises(ValidationError):
        validate_language_tag(tag)


def test_only_arabic_script_runs_from_right_to_left():
    assert direction("cja-Arab") == "rtl"
    assert direction("km-Khmr") == direction("vi") == direction("ara") == "ltr"
