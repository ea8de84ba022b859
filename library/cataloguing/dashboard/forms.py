"""The forms of the dashboard: what is looked at, and the task of filling a gap."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from library.accounts.admin.office_picker import OfficePicker
from library.accounts.models import Office, User
from library.accounts.scope import offices_in_charge
from library.vocabularies.models import EthnicGroup

from ..views.filters import provinces
from .scope import Scope

PEOPLES, PROVINCES = "dan-toc", "tinh"


class LookForm(forms.Form):
    """What the matrix shows. Anything unknown in the address counts as not asked."""

    xem = forms.ChoiceField(label=_("Phạm vi"), required=False)
    hang = forms.ChoiceField(label=_("Mỗi dòng là"), required=False, choices=[(PEOPLES, _("một dân tộc")), (PROVINCES, _("một tỉnh"))])
    tinh = forms.ModelChoiceField(label=_("Tỉnh, thành phố"), queryset=provinces(), required=False, empty_label=_("mọi tỉnh"))
    dan_toc = forms.ModelChoiceField(
        label=_("Dân tộc"), queryset=EthnicGroup.objects.order_by("code"), required=False, empty_label=_("mọi dân tộc")
    )

    dem_lai = forms.BooleanField(required=False, widget=forms.HiddenInput())

    def __init__(self, scopes: dict[str, Scope], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["xem"].choices = [(scope.code, scope.label) for scope in scopes.values()]  # type: ignore[attr-defined]
        if len(scopes) == 1:
            self.fields["xem"].widget = forms.HiddenInput()


class TaskForm(forms.Form):
    """Who finds what is missing. The people are those of the chosen office; the verb checks it."""

    office = forms.ModelChoiceField(label=_("Giao cho cơ quan"), queryset=Office.objects.none(), widget=OfficePicker("in_charge"))
    assignee = forms.ModelChoiceField(label=_("Giao cho người"), queryset=User.objects.none(), required=False, empty_label=_("cả cơ quan"))
    due = forms.DateField(label=_("Hạn"), required=False, widget=AdminDateInput)
    note = forms.CharField(label=_("Dặn thêm"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["office"] = user.office_id
        offices = offices_in_charge(user)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        self.fields["assignee"].queryset = User.objects.filter(office__in=offices, is_active=True)  # type: ignore[attr-defined]
