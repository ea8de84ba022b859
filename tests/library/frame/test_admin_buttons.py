"""The buttons and icons of the admin, which the library writes with fewer templates, are those of Wagtail."""

from pathlib import Path
from typing import Any

import pytest
import wagtail.admin
from django.template import Context, Engine, engines
from django.test.html import parse_html
from wagtail.admin.widgets.button import Button, ButtonWithDropdown

WAGTAIL = Path(wagtail.admin.__file__).parent / "templates"
EDIT = Button("Sửa", url="/sua/?a=1&b=2", icon_name="edit", attrs={"rel": "nofollow"})
ICON = "wagtailadmin/shared/icon.html"


def _both(template_name: str, values: dict[str, Any]) -> tuple[Any, Any]:
    ours = engines["django"].engine
    theirs = Engine(dirs=[WAGTAIL, *ours.dirs], app_dirs=True, libraries=ours.libraries, builtins=ours.builtins)
    return tuple(parse_html(engine.get_template(template_name).render(Context(values))) for engine in (ours, theirs))  # type: ignore[return-value]


@pytest.mark.parametrize(
    "button",
    [
        EDIT,
        Button("Gửi", classname="button"),
        ButtonWithDropdown(buttons=[EDIT], icon_name="dots-horizontal", attrs={"aria-label": "Lựa chọn khác cho <“Hội”>"}),
        ButtonWithDropdown("Thêm", buttons=[EDIT, Button("Xóa", url="/xoa/")], classname="lớn"),
    ],
)
def test_a_button_is_the_one_of_wagtail(button: Any):
    ours, theirs = _both(button.template_name, button.get_context_data({}))
    assert ours == theirs


@pytest.mark.parametrize("more", [{}, {"title": "Đã xong"}, {"wrapped": True}])
def test_an_icon_is_the_one_of_wagtail(more: dict[str, Any]):
    ours, theirs = _both(ICON, {"name": "edit", "classname": "icon", **more})
    assert ours == theirs
