"""What every change says of itself: how a person chooses its value, what it reads of a record, what that becomes, and who may do it."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import apply_limit_choices_to_to_formfield
from django.utils.translation import gettext as _

from library.access import Viewer
from library.records.access.changing import check_open, check_right
from library.records.actions.requirements import missing_for_publication
from library.records.actions.save_version import newest, save_version
from library.records.models import Record
from library.records.profiles import profile

Json = Any  # what a change reads and writes, as JSON stores it


class Change(ABC):
    """One way to change a record. ``heading`` groups the changes on the page; ``final`` ones cannot be taken back."""

    right = "change"
    final = False
    reads_version = False  # whether it decides on the very text that was previewed
    record_type = ""  # the only type that it is for

    def __init__(self, code: str, label: Any, heading: Any) -> None:
        self.code, self.label, self.heading = code, label, heading

    def fields(self, user: Any) -> dict[str, forms.Field]:
        """The fields in which the person says what the new value is."""
        return {}

    def value(self, cleaned: Mapping[str, Any]) -> Json:
        """What the fields said, as it is kept with the bulk edit."""
        return None

    def said(self, value: Json, viewer: Viewer) -> str:
        """The value in words; empty for a change without one."""
        return ""

    def keywords(self, value: Json) -> list[str]:
        """Keywords that come into the library where it has them not yet."""
        return []

    @abstractmethod
    def read(self, record: Record) -> Json:
        """What the record has now, of what the change changes."""

    @abstractmethod
    def become(self, now: Json, value: Json, record: Record) -> Json:
        """What that becomes. The same as ``now`` where nothing has to change."""

    @abstractmethod
    def write(self, record: Record, to: Json, user: Any) -> None:
        """Makes it so, by the verbs of records. Raises ValidationError or PermissionDenied."""

    @abstractmethod
    def words(self, read: Json, viewer: Viewer) -> str:
        """What ``read`` gave, in words for this viewer."""

    def check(self, record: Record, value: Json, user: Any) -> None:
        """Raises PermissionDenied or ValidationError, with the reason in words, when the person may not change this record so."""
        check_right(record, user, self.right)
        if self.record_type and profile(record.record_type).code != self.record_type:
            raise ValidationError(_("Loại tư liệu này không có ô ấy."))
        check_open(record, user)

    def check_writing(self, record: Record, to: Json) -> None:  # noqa: B027  most changes have nothing to check here
        """Raises ValidationError when the result may not be; reads only."""

    def check_undo(self, record: Record, before: Json, user: Any) -> None:
        """As ``check``, for giving back what was there before."""
        check_right(record, user, self.right)
        check_open(record, user)


class ContentChange(Change):
    """A change of what is written in the newest version. A published record keeps its public text until the new version is published."""

    @abstractmethod
    def read_draft(self, draft: Record) -> Json:
        """What the draft has."""

    @abstractmethod
    def write_draft(self, draft: Record, to: Json) -> None:
        """Changes the draft in memory."""

    def read(self, record: Record) -> Json:
        return self.read_draft(newest(record))

    def write(self, record: Record, to: Json, user: Any) -> None:
        draft = newest(record)
        self.write_draft(draft, to)
        draft.clean_fields(exclude=[field.name for field in draft._meta.fields if field.name != self._column()])
        save_version(draft, user)

    def check_writing(self, record: Record, to: Json) -> None:
        """What is published stays complete."""
        if not record.live:
            return
        missing = missing_for_publication(newest(record))
        draft = newest(record)
        self.write_draft(draft, to)
        sentences = [words for field, words in missing_for_publication(draft).items() if missing.get(field) != words]
        if sentences:
            raise ValidationError(sentences)

    def _column(self) -> str:
        """The column whose value is checked as its form checks it; empty where the fields of the change have checked all."""
        return ""


def form_field(column: Any, **options: Any) -> forms.Field:
    """The form field of a column or link, required, with only what the column may hold."""
    field: forms.Field = column.formfield(required=True, **options)
    apply_limit_choices_to_to_formfield(field)
    return field
