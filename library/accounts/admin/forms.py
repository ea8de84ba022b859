"""The forms of people, offices and communities. They offer only what is in the manager's scope; the actions check it again."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ..actions.edit_office import OfficeNames
from ..actions.hand_over import WorkChoice, possible_successors
from ..actions.people import Person
from ..held_work import held_by
from ..models import Community, Membership, Office, User
from ..roles import role_of
from ..scope import assignable_roles, managed_communities, managed_offices
from .filtered_list import FilteredCheckboxes
from .office_picker import OfficePicker


def _role_choices(manager: Any) -> list[tuple[str, Any]]:
    """The roles that may be given, each with what it may do."""
    sentence = "<span><b>{}</b>: {}</span>"
    none = format_html(sentence, _("Không có vai trò"), _("đọc và lưu câu tìm; thành viên của cộng đồng thường thế"))
    return [*((role.code, format_html(sentence, role.label, role.may)) for role in assignable_roles(manager)), ("", none)]


class PersonForm(forms.ModelForm):
    """A person: name, login name, mail, office, role, communities. A manager's own office and role are shown, not changed."""

    required_css_class = "required"
    field_order = ["full_name", "username", "email", "office", "role"]

    full_name = forms.CharField(label=_("Họ và tên"), max_length=150)
    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=150,
        required=False,
        validators=[User.username_validator],
        help_text=_("Để trống thì đặt theo họ tên, ví dụ “giang-a-pao”."),
    )
    email = forms.EmailField(label=_("Thư điện tử"), required=False, help_text=_("Không có cũng được: khi đó in giấy mời có mã."))
    office = forms.ModelChoiceField(label=_("Cơ quan"), queryset=Office.objects.none(), widget=OfficePicker("managed"))
    role = forms.ChoiceField(label=_("Vai trò"), widget=forms.RadioSelect, required=False)
    communities = forms.ModelMultipleChoiceField(
        label=_("Thuộc cộng đồng"),
        queryset=Community.objects.none(),
        required=False,
        widget=FilteredCheckboxes,
        help_text=_("Người này xem được những gì cộng đồng chỉ cho thành viên xem. Không trang công khai nào cho biết ai là thành viên."),
    )
    keeper_of = forms.ModelMultipleChoiceField(
        label=_("Quyết định thay cộng đồng"),
        queryset=Community.objects.none(),
        required=False,
        widget=FilteredCheckboxes,
        help_text=_("Người này đặt được nhãn cho tư liệu của cộng đồng."),
    )
    is_superuser = forms.BooleanField(label=_("Quản trị toàn hệ thống"), required=False, help_text=_("Làm được mọi việc, ở mọi cơ quan."))

    class Meta:
        model = User
        fields: list[str] = ["username", "email"]

    def __init__(self, *args: Any, manager: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.manager = manager
        self.fields["office"].queryset = managed_offices(manager)  # type: ignore[attr-defined]
        self.fields["office"].required = not manager.is_superuser
        self.fields["role"].choices = _role_choices(manager)  # type: ignore[attr-defined]
        self.fields["role"].initial = ""
        self._offer_communities()
        if self.instance.pk:
            self._show(self.instance)
        if not manager.is_superuser:
            del self.fields["is_superuser"]
        if self.instance == manager and not manager.is_superuser:
            self.fields["office"].disabled = self.fields["role"].disabled = True

    def _offer_communities(self) -> None:
        communities = managed_communities(self.manager)
        for name in ("communities", "keeper_of"):
            if communities:
                self.fields[name].queryset = communities  # type: ignore[attr-defined]
            else:
                del self.fields[name]

    def _show(self, user: User) -> None:
        """The stored values as initial values of the form."""
        role = role_of(user)
        rows = Membership.objects.filter(user=user)
        self.initial = {
            **self.initial,
            "full_name": user.get_full_name(),
            "office": user.office_id,
            "role": role.code if role else "",
            "is_superuser": user.is_superuser,
            "communities": [row.community_id for row in rows],
            "keeper_of": [row.community_id for row in rows if row.keeper],
        }

    def clean_username(self) -> str:
        """A login name that nobody else has, whatever its capitals. Empty means: made of the name."""
        username: str = self.cleaned_data["username"]
        if username and User.objects.filter(username__iexact=username).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Đã có người dùng tên đăng nhập này."))
        return username

    def person(self) -> Person:
        """What the form says, for the actions."""
        said = self.cleaned_data
        return Person(
            full_name=said["full_name"],
            username=said["username"],
            email=said["email"],
            office=said["office"],
            role=said["role"],
            communities=frozenset(said.get("communities", ())),
            keeper_of=frozenset(said.get("keeper_of", ())),
            is_superuser=bool(said.get("is_superuser")),
        )


class ChangePersonForm(PersonForm):
    """A person who is known already. Whoever holds work and gets another office is asked what becomes of the work."""

    ALONG, STAYS = "along", "stays"
    field_order = [*PersonForm.field_order[:4], "work", "successor", "role"]

    work = forms.ChoiceField(
        label=_("Nếu đổi cơ quan, việc đang giữ đi đâu"),
        widget=forms.RadioSelect,
        required=False,
        choices=[
            (ALONG, _("Mang theo: bản nháp và bản chờ duyệt sang cơ quan mới")),
            (STAYS, _("Để lại cơ quan cũ, giao cho người dưới đây")),
        ],
    )
    successor = forms.ModelChoiceField(label=_("Giao lại cho"), queryset=User.objects.none(), required=False, empty_label=_("(chọn người)"))

    def __init__(self, *args: Any, manager: Any, **kwargs: Any) -> None:
        super().__init__(*args, manager=manager, **kwargs)
        self.fields["full_name"].required = bool(self.instance.get_full_name())  # an account that never had a name may go on without
        self.held_work = [] if self.fields["office"].disabled else held_by([self.instance.pk])[self.instance.pk]
        if not self.held_work:
            del self.fields["work"], self.fields["successor"]
            return
        self.fields["work"].help_text = _("Đang giữ: %(work)s.") % {"work": ", ".join(line.words for line in self.held_work)}
        self.fields["successor"].queryset = possible_successors(self.instance, manager)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        office = said.get("office")
        if "office" not in said or not self.held_work or office == self.instance.office:
            return said
        if not said.get("work"):
            self.add_error("work", _("Người này đổi cơ quan mà còn giữ việc. Xin chọn một cách."))
        elif said["work"] == self.ALONG and office is None:
            self.add_error("work", _("Không có cơ quan mới thì không mang việc theo được; xin giao lại."))
        elif said["work"] == self.STAYS and not said.get("successor"):
            self.add_error("successor", _("Xin chọn người nhận việc."))
        return said

    def work_choice(self) -> WorkChoice | None:
        """What the form says of the work, for the action; None when nothing was chosen."""
        said = self.cleaned_data
        return WorkChoice(said["work"] == self.ALONG, said["successor"]) if said.get("work") else None


class InviteForm(PersonForm):
    """A new person, and how the invitation gets there."""

    BY_PAPER, BY_MAIL = "paper", "mail"

    delivery = forms.ChoiceField(
        label=_("Đưa lời mời bằng cách nào"),
        widget=forms.RadioSelect,
        initial=BY_PAPER,
        choices=[(BY_PAPER, _("Giấy mời có mã, in ra hoặc đọc cho người ấy")), (BY_MAIL, _("Gửi thư điện tử"))],
        help_text=_("Mã dùng được một lần, trong 7 ngày. Người ấy tự đặt mật khẩu."),
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("delivery") == self.BY_MAIL and not said.get("email"):
            self.add_error("email", _("Muốn gửi thư thì cần địa chỉ thư điện tử."))
        return said


class DeactivateForm(forms.Form):
    """Who takes over, and why the account is stopped."""

    successor = forms.ModelChoiceField(label=_("Giao việc cho"), queryset=User.objects.none(), required=False)
    reason = forms.CharField(label=_("Lý do"), required=False, max_length=500, help_text=_("Ví dụ: chuyển công tác."))

    def __init__(self, *args: Any, person: User, manager: Any, required: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = possible_successors(person, manager)  # type: ignore[attr-defined]
        self.fields["successor"].required = required


class RenameOfficeForm(forms.Form):
    """The names of an office."""

    name_vi = forms.CharField(label=_("Tên tiếng Việt"), max_length=200)
    name_en = forms.CharField(label=_("Tên tiếng Anh"), max_length=200, required=False)

    def names(self) -> OfficeNames:
        """What the form says, for the actions."""
        return OfficeNames(self.cleaned_data["name_vi"], self.cleaned_data["name_en"])


class NewOfficeForm(RenameOfficeForm):
    """A new office under one that is known already."""

    level = forms.ChoiceField(label=_("Cấp"), choices=Office.Level.choices, initial=Office.Level.COMMUNE)

    def __init__(self, *args: Any, parent: Office | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if parent is not None:
            levels = Office.Level.choices
            lower = levels[[value for value, _label in levels].index(parent.level) :]
            self.fields["level"].choices = lower  # type: ignore[attr-defined]


class MoveOfficeForm(forms.Form):
    """The office above."""

    parent = forms.ModelChoiceField(label=_("Cơ quan trên"), queryset=Office.objects.none(), widget=OfficePicker("managed"))

    def __init__(self, *args: Any, office: Office, manager: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = managed_offices(manager).exclude(path__startswith=office.path)
        self.fields["parent"].queryset = others  # type: ignore[attr-defined]


class CommunityForm(forms.ModelForm):
    """A community and the office that keeps its list of members."""

    class Meta:
        model = Community
        fields = ["name_vi", "name_en", "protocol", "office", "tells_closed_count"]
        widgets = {"office": OfficePicker("managed")}

    def __init__(self, *args: Any, manager: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = managed_offices(manager)  # type: ignore[attr-defined]
        self.fields["office"].required = not manager.is_superuser
