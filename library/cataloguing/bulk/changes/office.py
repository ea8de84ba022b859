"""The change of the office in charge: a draft changes it by its own verb, a published record with its next version."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from library.access import Viewer
from library.accounts.admin.office_picker import OfficePicker
from library.accounts.models import Office
from library.accounts.scope import offices_in_charge
from library.records.actions.change_office import change_office
from library.records.models import Record

from .change import ContentChange, Json


class OfficeChange(ContentChange):
    """Gives records to another office of the person's own."""

    def fields(self, user: Any) -> dict[str, forms.Field]:
        offices = offices_in_charge(user)
        return {"value": forms.ModelChoiceField(offices, label=_("Cơ quan mới"), widget=OfficePicker("in_charge"))}

    def value(self, cleaned: Mapping[str, Any]) -> Json:
        return cleaned["value"].pk

    def said(self, value: Json, viewer: Viewer) -> str:
        return self.words(value, viewer)

    def read_draft(self, draft: Record) -> Json:
        return draft.office_id

    def become(self, now: Json, value: Json, record: Record) -> Json:
        return value

    def write_draft(self, draft: Record, to: Json) -> None:
        draft.office = Office.objects.get(pk=to)

    def write(self, record: Record, to: Json, user: Any) -> None:
        if record.live or record.first_published_at is not None:
            super().write(record, to, user)
        else:
            change_office(record, Office.objects.get(pk=to), user=user)

    def words(self, read: Json, viewer: Viewer) -> str:
        return str(Office.objects.filter(pk=read).first() or "")

    def check(self, record: Record, value: Json, user: Any) -> None:
        super().check(record, value, user)
        _check_office(value, user)

    def check_undo(self, record: Record, before: Json, user: Any) -> None:
        super().check_undo(record, before, user)
        _check_office(before, user)


def _check_office(key: int, user: Any) -> None:
    if not offices_in_charge(user).filter(pk=key).exists():
        raise PermissionDenied(_("Cơ quan này không thuộc phạm vi của bạn."))
