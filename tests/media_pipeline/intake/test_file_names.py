"""Names from outside are text and stay text."""

import pytest

from media_pipeline import file_names


@pytest.mark.parametrize("name", ["a\r\nSet-Cookie: x=1.jpg", 'a".jpg', "../../etc/passwd", "Lễ hội 🎉.mp4", "a\u202egpj.exe", "x" * 5000])
def test_no_name_can_leave_its_header(name: str) -> None:
    header = file_names.disposition(name, attachment=True)
    assert header.isascii()
    assert not set(header) & set('\r\n"/\\')
    assert header.startswith("attachment; filename*=UTF-8''")


def test_a_name_is_shown_in_nfc_without_control_and_direction_characters() -> None:
    assert file_names.displayable("Le\u0302\u0303 ho\u0323\u0302i\u202e\x00.jpg") == "Lễ hội.jpg"
    assert file_names.displayable("\u202e\x07") == "không tên"


def test_a_name_is_stored_in_nfc_without_characters_that_a_column_refuses() -> None:
    assert file_names.storable("e\u0301\x00\u202e\x0b.jpg") == "\u00e9\u202e .jpg"
    file_names.storable("\udcff.jpg").encode("utf-8")
