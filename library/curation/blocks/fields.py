"""Small parts of blocks: words in two languages, a moment of a recording, a record of the library, a people, provinces."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from library.records.profiles.blocks import RecordReferenceBlock
from library.records.profiles.schema import ANY_RECORD
from library.vocabularies.models import AdminUnit, EthnicGroup

IN_ENGLISH = _("{label}, tiếng Anh")
Part = tuple[str, blocks.Block]
FEATURES = ["bold", "italic", "ul", "ol", "link"]
MOMENT = r"^(\d{1,2}:)?\d{1,3}(:\d{2})?$"


def words(name: str, label: Any, help_text: Any = "") -> list[Part]:
    """One line in Vietnamese, and the same in English; both may be empty."""
    return [
        (f"{name}_vi", blocks.CharBlock(required=False, max_length=300, label=label, help_text=help_text)),
        (f"{name}_en", blocks.CharBlock(required=False, max_length=300, label=format_lazy(IN_ENGLISH, label=label))),
    ]


def passage(name: str, label: Any) -> list[Part]:
    """Some paragraphs in Vietnamese, and the same in English; both may be empty."""
    return [
        (f"{name}_vi", blocks.RichTextBlock(required=False, features=FEATURES, label=label)),
        (f"{name}_en", blocks.RichTextBlock(required=False, features=FEATURES, label=format_lazy(IN_ENGLISH, label=label))),
    ]


def record(label: Any, types: tuple[str, ...] = (ANY_RECORD,), required: bool = True) -> RecordReferenceBlock:
    """A record, in the chooser that offers only what the person may see."""
    return RecordReferenceBlock(types=types, required=required, label=label)


def moment(label: Any, help_text: Any = "") -> blocks.RegexBlock:
    """A time in a recording as people write it: 19, 0:19 or 1:02:03."""
    messages = {"invalid": _("Viết giây (19) hoặc phút và giây (1:05).")}
    return blocks.RegexBlock(regex=MOMENT, required=False, error_messages=messages, label=label, help_text=help_text)


def province_choices() -> list[tuple[str, str]]:
    """Code and name of the provinces of today."""
    units = AdminUnit.objects.filter(level=AdminUnit.Level.PROVINCE, valid_to=None).order_by("code")
    return [(unit.code, unit.label) for unit in units]


def people_choices() -> list[tuple[str, str]]:
    """Address name and name of the peoples."""
    return [(group.slug, group.name) for group in EthnicGroup.objects.only("slug", "name_vi", "name_en").order_by("code")]


def provinces(label: Any) -> blocks.MultipleChoiceBlock:
    """Provinces to tick."""
    return blocks.MultipleChoiceBlock(choices=province_choices, required=False, widget=forms.CheckboxSelectMultiple, label=label)


def people(label: Any) -> blocks.ChoiceBlock:
    """One people."""
    return blocks.ChoiceBlock(choices=people_choices, label=label)
