"""The edit form of a record: core fields, fields of its own profile, and the extra checks before publishing."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.blocks import BlockField, StreamBlock

from library.accounts.admin.office_picker import OfficePicker
from library.accounts.scope import offices_in_charge
from library.records.access.labels import check_labels
from library.records.actions.requirements import missing_for_publication, missing_for_review
from library.records.profiles import profile
from library.records.profiles.blocks import struct_block

from .help import add_help
from .linkable import restrict_details
from .pickers import take_only_pickable
from .rows import tell_of_long_texts
from .term_lists import offer_terms_as_lists


class RecordForm(WagtailAdminModelForm):
    """The form with the fields of the record's own profile. A draft may be incomplete, a published record may not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tell_of_long_texts(self)
        offer_terms_as_lists(self)
        take_only_pickable(self)
        add_help(self)
        if "title_vi" in self.fields:
            self.fields["title_vi"].widget.record = self.instance
        if "details" in self.fields:
            self.fields["details"] = self._details_field()
        if self.for_user is not None:
            self._limit_to(self.for_user)

    def _limit_to(self, user: Any) -> None:
        """Limits the choices to the person's offices; the rows limit themselves."""
        if "office" in self.fields:
            self.fields["office"].widget = OfficePicker("in_charge")
            self.fields["office"].queryset = offices_in_charge(user)

    def _details_field(self) -> BlockField:
        own = profile(self.instance.record_type)
        block = StreamBlock([(own.block_name, struct_block(own))], min_num=1, max_num=1, required=False)
        if self.for_user is not None:
            restrict_details(block, self.instance, self.for_user)
        if not self.instance.details:
            self.initial["details"] = block.to_python([{"type": own.block_name, "value": {}}])
        return BlockField(block=block, required=False, label=own.label)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        office = getattr(self.instance, "office_id", None) or cleaned.get("office")
        if office is None and self.for_user is not None:
            raise ValidationError(_("Tài khoản của bạn chưa thuộc cơ quan nào; hãy nhờ quản trị gán cơ quan."))
        if "labels" in self.formsets and self.formsets["labels"].is_valid():
            check_labels(self.formsets["labels"], self.for_user, cleaned.get("communities") or ())
        return cleaned

    def is_valid(self) -> bool:
        """With the buttons that publish or send for review, also checks what these require."""
        valid = super().is_valid()
        if valid and not self.is_deferred_validation:
            self._check_what_is_missing()
            return not self.errors
        return valid

    def _check_what_is_missing(self) -> None:
        """Adds an error for each missing field of the record as the form will save it, with its child rows. Writes nothing."""
        self.save(commit=False)
        missing = missing_for_publication if "action-publish" in self.data else missing_for_review
        for field, sentence in missing(self.instance).items():
            self.add_error(field if field in self.fields else None, sentence)
