"""What to do first in a new installation, on the first page of the admin."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from ..models import Office, User


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what to do, why, where, and whether it is done."""

    title: str
    reason: str
    url: str
    done: bool


def first_steps(user: Any) -> list[Step]:
    """The steps of a superuser, in order. Two small queries."""
    own_office = Step(
        _("Chọn cơ quan của mình"),
        _("Bộ và các tỉnh có sẵn. Chưa thuộc cơ quan nào thì chưa viết được tư liệu."),
        reverse("wagtailusers_users:edit", args=[user.pk]),
        user.office_id is not None,
    )
    people = Step(
        _("Mời người, thêm cơ quan"),
        _("Mỗi người một tài khoản, một cơ quan, một vai trò. Không có thư điện tử thì in giấy mời."),
        reverse("offices:index"),
        User.objects.exclude(pk=user.pk).filter(office__isnull=False, is_active=True).exists(),
    )
    if Office.objects.exists():
        return [own_office, people]
    first = _("Thêm cơ quan đầu tiên")
    return [Step(first, _("Mọi cơ quan khác đứng dưới cơ quan này."), reverse("offices:new_root"), False), own_office, people]


class FirstStepsPanel(Component):
    """The first steps, for a superuser, until all are done."""

    name = "first-steps"
    template_name = "accounts/admin/first_steps.html"
    order = 5

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        steps = first_steps(user) if user.is_superuser else []
        return {"steps": [] if all(step.done for step in steps) else steps}
