"""Makes Wagtail blocks from a profile, for the edit form and the stored JSON. Knows no record."""

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.snippets.blocks import SnippetChooserBlock

from library.calendars.rules import DateRule, errors
from library.vocabularies.lookup import term_choices

from ..written_dates import EXAMPLES, WrittenDateField
from ..written_languages import WrittenLanguageField
from ..written_rules import RuleWordsInput
from .help import help_line
from .schema import ANY_RECORD, AUTHORITIES, Field, Profile
from .term_widgets import OfferedTerm, OfferedTerms
from .values import MEDIA_MODEL, ref_model

VIETNAMESE = "vi"
CALENDARS = "calendars"  # the vocabulary
SHORT_LIST = 12  # a list of at most so many options is shown as boxes to tick


def struct_block(profile: Profile) -> blocks.StructBlock:
    """The block that edits and stores the fields of a profile. Nothing in it is required: a draft may be incomplete."""
    calendar = next((field.key for field in profile.fields if field.vocabulary == CALENDARS and not field.many), "")
    rules = tuple(field.key for field in profile.fields if field.type == "rule") if calendar else ()
    children = [
        (field.key, RuleBlock(calendar_apart=True, **_meta(field)) if field.key in rules else _field_block(field))
        for field in profile.fields
    ]
    return ProfileBlock(children, calendar=calendar, rules=rules, label=profile.label, icon="doc-full")


class ProfileBlock(blocks.StructBlock):
    """The fields of a type. A type that has a field for its calendar is asked for it once: its rules follow that field."""

    def __init__(self, children: Any = None, calendar: str = "", rules: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(children, **kwargs)
        self.calendar, self.rules = calendar, rules

    def clean(self, value: Any) -> Any:
        for rule in self.rules:
            if value.get(self.calendar):
                value[rule]["calendar"] = value[self.calendar]
        return super().clean(value)


class NarrowedChooser:
    """A chooser that accepts only what its form lets the person choose; any other key in the request is treated as empty."""

    choosable: QuerySet[Any] | None = None  # None: everything, for code that runs without a person

    def value_from_form(self, value: Any) -> Any:
        target = super().value_from_form(value)  # type: ignore[misc]
        allowed = target is None or self.choosable is None or self.choosable.filter(pk=target.pk).exists()
        return target if allowed else None


def narrowed_choosers(block: blocks.Block) -> Iterator[Any]:
    """All choosers of records and files inside a block, at any depth."""
    if isinstance(block, NarrowedChooser):
        yield block
    children = [block.child_block] if isinstance(block, blocks.ListBlock) else getattr(block, "child_blocks", {}).values()
    for child in children:
        yield from narrowed_choosers(child)


class RecordReferenceBlock(NarrowedChooser, SnippetChooserBlock):
    """A link to a record of one of the types that the profile allows."""

    def __init__(self, types: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__("records.Record", **kwargs)
        self.types = types

    def clean(self, value: Any) -> Any:
        record = super().clean(value)
        if record is not None and ANY_RECORD not in self.types and record.record_type not in self.types:
            raise ValidationError(_("Tư liệu này không thuộc loại cần chọn."))
        return record


class AssetBlock(NarrowedChooser, blocks.ChooserBlock):
    """A link to a file of the media pipeline, chosen or uploaded in the pipeline's own dialogue."""

    target_model = MEDIA_MODEL

    @cached_property
    def widget(self) -> forms.Widget:
        from media_pipeline.admin.chooser import AssetChooserWidget

        return AssetChooserWidget()

    class Meta:
        icon = "media"


class WrittenDateBlock(blocks.FieldBlock):
    """A date in people's words, stored as EDTF."""

    def __init__(self, help_text: Any = None, **kwargs: Any) -> None:
        self.field = WrittenDateField(required=False, help_text=help_text or EXAMPLES)
        super().__init__(**kwargs)

    class Meta:
        icon = "date"


class WrittenLanguageBlock(blocks.FieldBlock):
    """A language by its name, stored as its tag."""

    def __init__(self, **kwargs: Any) -> None:
        self.field = WrittenLanguageField(required=False, help_text="")
        super().__init__(**kwargs)

    class Meta:
        icon = "globe"


class RuleWordsBlock(blocks.FieldBlock):
    """The words of a rule; under them what its numbers mean, and the next three days."""

    def __init__(self, **kwargs: Any) -> None:
        self.field = forms.CharField(
            required=False,
            max_length=300,
            widget=RuleWordsInput,
            help_text=_("Lời luôn được hiện và đúng hơn số. Ví dụ: sau vụ gặt, chọn ngày Thìn."),
        )
        super().__init__(**kwargs)


class HiddenCalendarBlock(blocks.FieldBlock):
    """The calendar of a rule that a field beside it asks for."""

    field = forms.CharField(required=False, widget=forms.HiddenInput)


class RuleBlock(blocks.StructBlock):
    """A date rule by a calendar: numbers where they are known, and the words of the community.

    ``calendar_apart``: a field of the type beside the rule asks for the calendar, and the rule does not.
    """

    calendar = blocks.ChoiceBlock(choices=lambda: term_choices(CALENDARS), required=False, label=_("Lịch"))
    start_month = blocks.IntegerBlock(required=False, label=_("Từ tháng"))
    start_day = blocks.IntegerBlock(required=False, label=_("Từ ngày"), help_text=_("Âm lịch: ngày 30 là ngày cuối tháng."))
    end_month = blocks.IntegerBlock(required=False, label=_("Đến tháng"))
    end_day = blocks.IntegerBlock(required=False, label=_("Đến ngày"))
    around = blocks.BooleanBlock(required=False, label=_("Chỉ là khoảng"))
    words = RuleWordsBlock(label=_("Bằng lời"))

    def __init__(self, local_blocks: Any = None, calendar_apart: bool = False, **kwargs: Any) -> None:
        asked = [("calendar", HiddenCalendarBlock())] if calendar_apart else []
        super().__init__([*(local_blocks or ()), *asked], **kwargs)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        messages = errors(DateRule.of(cleaned))
        if messages:
            raise StructBlockValidationError({part: ValidationError(message) for part, message in messages.items()})
        return cleaned

    class Meta:
        icon = "date"
        form_classname = "struct-block rule"


def _text_block(rows: int) -> Callable[[Field, dict[str, Any]], blocks.Block]:
    def build(field: Field, meta: dict[str, Any]) -> blocks.Block:
        language = WrittenLanguageBlock(default=VIETNAMESE, label=_("Tiếng"))
        text = blocks.TextBlock(required=False, rows=rows, label=_("Nội dung"))
        return blocks.StructBlock([("lang", language), ("text", text)], **meta)

    return build


def _term_block(field: Field, meta: dict[str, Any]) -> blocks.Block:
    if field.many:
        few = field.options and len(field.options) <= SHORT_LIST
        widget = OfferedTerms(field.vocabulary) if field.vocabulary else forms.CheckboxSelectMultiple if few else forms.SelectMultiple
        return blocks.MultipleChoiceBlock(choices=_choices(field), required=False, widget=widget, **meta)
    if field.vocabulary:
        return blocks.ChoiceBlock(choices=_choices(field), required=False, widget=OfferedTerm(field.vocabulary), **meta)
    return blocks.ChoiceBlock(choices=_choices(field), required=False, **meta)


def _choices(field: Field) -> Any:
    if field.vocabulary:
        return lambda: term_choices(field.vocabulary)
    return [(option.code, option.label) for option in field.options]


def _reference_block(field: Field, meta: dict[str, Any]) -> blocks.Block:
    if field.targets[0] in AUTHORITIES:
        return SnippetChooserBlock(ref_model(field), required=False, **meta)
    return RecordReferenceBlock(types=field.targets, required=False, **meta)


BLOCKS: dict[str, Callable[[Field, dict[str, Any]], blocks.Block]] = {
    "text": lambda field, meta: blocks.CharBlock(required=False, **meta),
    "ml": _text_block(rows=2),
    "long": _text_block(rows=10),
    "number": lambda field, meta: blocks.FloatBlock(required=False, **meta),
    "url": lambda field, meta: blocks.URLBlock(required=False, **meta),
    "term": _term_block,
    "ref": _reference_block,
    "edtf": lambda field, meta: WrittenDateBlock(**meta),
    "rule": lambda field, meta: RuleBlock(**meta),
    "struct": lambda field, meta: blocks.StructBlock([(part.key, _field_block(part)) for part in field.fields], **meta),
    "media": lambda field, meta: AssetBlock(required=False, **meta),
}


def _field_block(field: Field) -> blocks.Block:
    meta = _meta(field)
    if field.many and field.type != "term":  # several terms are one block with boxes to tick
        return blocks.ListBlock(BLOCKS[field.type](field, {"label": field.label}), default=[], collapsed=False, **meta)
    return BLOCKS[field.type](field, meta)


def _meta(field: Field) -> dict[str, Any]:
    return {"label": field.label, "help_text": help_line(field)}
