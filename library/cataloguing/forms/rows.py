"""The rows of the edit form: each row is stored once, and offers only what the person may choose."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import InlinePanel

from library.records.access.labels import restrict_label_row
from library.records.written_languages import WrittenLanguageField

from .help import add_help, help_of
from .linkable import restrict_link_row
from .term_lists import offer_terms_as_lists


def tell_of_long_texts(form: Any) -> None:
    """Lets the browser take a text of any length: one that is too long is told when the form is sent, where the browser would cut it."""
    for field in form.fields.values():
        field.widget.attrs.pop("maxlength", None)


class RowForm(WagtailAdminModelForm):
    """A row whose texts are never cut and whose terms are chosen from lists."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tell_of_long_texts(self)
        offer_terms_as_lists(self)
        add_help(self, self.instance._meta.get_field("record").remote_field.related_name)


class TextRowForm(RowForm):
    """A text of the record; its language is chosen by name."""

    language = WrittenLanguageField(label=gettext_lazy("Tiếng"))


class LinkRowForm(RowForm):
    """A row that points to a file or to a record."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user is not None:
            restrict_link_row(self, self.for_user)


class LabelRowForm(RowForm):
    """A row with a label or notice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user is not None:
            restrict_label_row(self, self.for_user)


class OnceStoredRows(BaseChildFormSet):
    """The rows of one kind, in a form that may be older than the record.

    A form is older when its person sent it while the browser was saving it by itself, sent it twice, or never got the answer to the first
    time. Its new rows may be stored already, and it does not know their keys.
    """

    def save(self, commit: bool = True) -> list[Model]:
        """Saves the rows. A new row that equals a stored row which the form does not know is that row, and makes no second one."""
        known = {form.instance.pk for form in self.forms}
        unknown = [row for row in self.get_queryset() if row.pk is not None and row.pk not in known]
        new = [form for form in self.forms if form.instance.pk is None and form not in self.deleted_forms]
        for form in new:
            twin = next((row for row in unknown if self._content(row) == self._content(form.instance)), None)
            if twin is not None:
                unknown.remove(twin)
                form.instance.pk = twin.pk
        rows: list[Model] = super().save(commit=commit)
        return rows

    def _content(self, row: Model) -> dict[str, Any]:
        """What a person entered in the row: not its key, not its record, not its place among the rows."""
        apart = {self.model._meta.pk.name, self.fk.name, getattr(self.model, "sort_order_field", "")}
        return {field.attname: getattr(row, field.attname) for field in self.model._meta.concrete_fields if field.name not in apart}


class RowsPanel(InlinePanel):
    """An InlinePanel that stores each row once."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name] |= {"formset": OnceStoredRows}
        return options


class LimitedRowsPanel(RowsPanel):
    """Rows that know the person: every row, the empty one too, is a ``row_form``."""

    def __init__(self, *args: Any, row_form: type[WagtailAdminModelForm] = RowForm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row_form = row_form
        self.help_text: Any = kwargs.get("help_text") or help_of(self.relation_name)

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "row_form": self.row_form}

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name] |= {"form": self.row_form, "inherit_kwargs": ["for_user"]}
        return options
