"""The form of a term: its labels in every language, what is broader and narrower, how long it is valid, a note."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from library.records.written_languages import WrittenLanguageField
from library.vocabularies.codes import free_code
from library.vocabularies.models import Term

from ..forms.pickable import TERMS
from ..forms.pickers import AuthorityPicker, OnePicker
from ..forms.rows import LimitedRowsPanel


class TermLabelForm(WagtailAdminModelForm):
    """One label; its language is chosen by name."""

    language = WrittenLanguageField(label=gettext_lazy("Tiếng"))


class TermForm(WagtailAdminModelForm):
    """A term. Its vocabulary and its code are given once, for records hold them."""

    narrower = forms.ModelMultipleChoiceField(queryset=Term.objects.none(), required=False, label=gettext_lazy("Thuật ngữ hẹp hơn"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        vocabulary: Any = self.fields["vocabulary"]
        vocabulary.widget = forms.Select()
        vocabulary.queryset = vocabulary.queryset.order_by("label_vi")  # fills the list
        self.fields["code"].required = False
        if self.instance.pk is None:
            self.fields["code"].help_text = _("Để trống thì máy đặt theo nhãn.")
            for name in ("broader", "narrower"):
                del self.fields[name]
            return
        self.fields["vocabulary"].disabled = self.fields["code"].disabled = True
        self._offer_neighbours()

    def _offer_neighbours(self) -> None:
        """Broader and narrower terms are terms of the same vocabulary."""
        kind = f"{TERMS}{self.instance.vocabulary.code}"
        others = Term.objects.filter(vocabulary=self.instance.vocabulary_id, merged_into=None).exclude(pk=self.instance.pk)
        for name, picker in (("broader", OnePicker(kind)), ("narrower", AuthorityPicker(kind))):
            self.fields[name].queryset = others
            self.fields[name].widget = picker
        self.initial["narrower"] = list(self.instance.narrower.values_list("pk", flat=True))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not cleaned.get("code") and cleaned.get("vocabulary") and cleaned.get("label_vi"):
            cleaned["code"] = free_code(cleaned["vocabulary"].pk, cleaned["label_vi"])
        broader = cleaned.get("broader")
        for term in cleaned.get("narrower") or ():
            if broader is not None and broader.is_within(term.pk):
                sentence = _("“%(term)s” không thể vừa rộng hơn vừa hẹp hơn thuật ngữ này.")
                raise ValidationError({"narrower": sentence % {"term": term.label}})
        return cleaned

    def save(self, commit: bool = True) -> Any:
        term = super().save(commit=commit)
        if commit and "narrower" in self.cleaned_data:
            chosen = self.cleaned_data["narrower"]
            term.narrower.exclude(pk__in=[each.pk for each in chosen]).update(broader=None)
            Term.objects.filter(pk__in=[each.pk for each in chosen]).update(broader=term)
        return term


PANELS = [
    FieldPanel("vocabulary"),
    MultiFieldPanel(
        [FieldPanel("label_vi"), FieldPanel("label_en"), FieldPanel("code"), FieldPanel("uri")],
        heading=gettext_lazy("Nhãn và mã"),
    ),
    LimitedRowsPanel(
        "labels",
        row_form=TermLabelForm,
        panels=[FieldRowPanel([FieldPanel("text"), FieldPanel("language"), FieldPanel("kind")])],
        heading=gettext_lazy("Nhãn bằng tiếng khác, cách gọi khác"),
        label=gettext_lazy("nhãn"),
        help_text=gettext_lazy("Cách gọi khác chỉ để tìm, không hiện ra thay nhãn chính."),
    ),
    MultiFieldPanel([FieldPanel("broader"), FieldPanel("narrower")], heading=gettext_lazy("Rộng hơn, hẹp hơn")),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")])],
        heading=gettext_lazy("Hiệu lực"),
        help_text=gettext_lazy("Hết hiệu lực thì không chọn mới được nữa; tư liệu đã dùng vẫn giữ."),
    ),
    MultiFieldPanel([FieldPanel("note"), FieldPanel("position")], heading=gettext_lazy("Ghi chú và thứ tự")),
]
EDIT_HANDLER = ObjectList(PANELS, base_form_class=TermForm)
