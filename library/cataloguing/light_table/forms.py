"""The forms of the light table: what all its records have in common, what one group has of its own, the record that gets photographs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import BaseChooser

from library.records.models import Record
from library.records.profiles import all_profiles
from library.records.written_dates import WrittenDateField
from library.vocabularies.models import AdminUnit, EthnicGroup

from ..forms.pickers import AuthorityPicker
from ..forms.term_lists import offer_terms_as_lists
from .models import LightTable, PhotographGroup

PRESENT = (AdminUnit.Level.PROVINCE, AdminUnit.Level.COMMUNE)


class _Form(forms.ModelForm):
    """The fields that both forms have."""

    groups = forms.ModelMultipleChoiceField(EthnicGroup.objects.all(), required=False, label=_("Dân tộc"), widget=AuthorityPicker("group"))
    places = forms.ModelMultipleChoiceField(
        AdminUnit.objects.filter(level__in=PRESENT), required=False, label=_("Địa điểm"), widget=AuthorityPicker("unit")
    )


def _types(first: str = "") -> list[tuple[str, str]]:
    return [*([("", first)] if first else []), *((own.code, str(own.label)) for own in all_profiles())]


class CommonForm(_Form):
    """What all records of the table have in common."""

    record_type = forms.ChoiceField(label=_("Loại tư liệu"), choices=_types)

    class Meta:
        model = LightTable
        fields = ("record_type", "groups", "places", "rights", "credit", "source")
        labels = {"credit": _("Người chụp, ghi công"), "source": _("Nguồn")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_terms_as_lists(self)


class GroupForm(_Form):
    """What one group has of its own; empty fields follow the table."""

    record_type = forms.ChoiceField(label=_("Loại tư liệu"), required=False, choices=lambda: _types(str(_("Theo phần chung của bàn ảnh"))))
    day = WrittenDateField(label=_("Ngày chụp"), required=False)

    class Meta:
        model = PhotographGroup
        fields = ("title", "record_type", "groups", "places", "day")


class RecordToAddTo(BaseChooser):
    """Opens the list of the records that the person may change. Its value belongs to the form of the table."""

    model = Record
    icon = "doc-full"
    choose_one_text = _("Chọn tư liệu đã có")
    choose_another_text = _("Chọn tư liệu khác")
    link_to_chosen_text = _("Mở tư liệu")
    chooser_modal_url_name = "light_table_records:choose"


class AddingForm(forms.Form):
    """Which record gets the ticked photographs."""

    record = forms.ModelChoiceField(Record.objects.all(), required=False, widget=RecordToAddTo(attrs={"form": "lt-form"}))
