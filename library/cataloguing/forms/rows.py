"""The rows of the edit form that are limited to what the person may choose: also the empty row that a browser copies."""

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import InlinePanel

from library.records.access.labels import restrict_label_row

from .linkable import restrict_link_row


class LinkRowForm(WagtailAdminModelForm):
    """A row that points to a file or to a record."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user is not None:
            restrict_link_row(self, self.for_user)


class LabelRowForm(WagtailAdminModelForm):
    """A row with a label or notice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user is not None:
            restrict_label_row(self, self.for_user)


class LimitedRowsPanel(InlinePanel):
    """An InlinePanel whose rows know the person: every row, the empty one too, is a ``row_form``."""

    def __init__(self, *args: Any, row_form: type[WagtailAdminModelForm], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row_form = row_form

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "row_form": self.row_form}

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name] |= {"form": self.row_form, "inherit_kwargs": ["for_user"]}
        return options
