"""The form field of a language: people choose it by its name, and its tag is stored (BCP 47)."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from library.vocabularies.lookup import LANGUAGES, language_name, plain_choices, term_labels
from media_pipeline.text.folding import fold

from .language_tags import validate_language_tag

LIST = "language-names"  # the id of the list of names on every page with a form
FIRST, LAST = "vi", ("en", "fr", "zh-hans")  # languages that are in no vocabulary of ours
UNKNOWN = "und"
HELP = gettext_lazy("Gõ vài chữ rồi chọn, ví dụ: tiếng Tày. Có thể thêm chữ viết: tiếng Khmer, chữ Khmer.")


def known_languages() -> Iterator[tuple[str, str]]:
    """(tag, name in the reader's language), Vietnamese first."""
    yield FIRST, language_name(FIRST)
    yield from sorted(plain_choices(LANGUAGES), key=lambda choice: fold(choice[1]))
    yield from ((tag, language_name(tag)) for tag in LAST)
    yield UNKNOWN, _("chưa rõ tiếng gì")


def name_of(tag: str) -> str:
    """``tiếng Khmer, chữ Khmer`` for ``km-Khmr``; the tag itself where its name would not be read as the same tag."""
    code, _hyphen, script = tag.partition("-")
    name = dict(known_languages()).get(code, "")
    if not name:
        return tag
    label = dict(plain_choices("scripts")).get(script, "")
    words = f"{name}, {label[:1].lower()}{label[1:]}" if script and label else name
    return words if tag_of(words) == tag else tag


def tag_of(words: str) -> str:
    """The tag of a language by its name, with marks or without, perhaps with its script. Raises ValueError for what is not known."""
    typed = fold(words)
    languages = {fold(name): tag for tag, name in known_languages()}
    languages |= {name.removeprefix("tieng "): tag for name, tag in languages.items()}
    if typed in languages:
        return languages[typed]
    for code, labels in term_labels("scripts").items():
        for label in labels:
            ending = f", {fold(label)}"
            if typed.endswith(ending) and typed.removesuffix(ending) in languages:
                return f"{languages[typed.removesuffix(ending)]}-{code}"
    validate_language_tag(words)
    return words


class WrittenLanguageField(forms.CharField):
    """Takes the name of a language, gives its tag."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", HELP)
        super().__init__(widget=forms.TextInput(attrs={"list": LIST, "autocomplete": "off"}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """The name of a stored tag; what somebody has just typed stays as it is."""
        return name_of(value) if isinstance(value, str) and value else value

    def to_python(self, value: Any) -> str:
        text = " ".join((super().to_python(value) or "").split())
        try:
            return tag_of(text) if text else ""
        except ValidationError as error:
            sentence = _("Chưa có “%(name)s” trong danh mục tiếng nói. Xin gõ vài chữ rồi chọn một tên hiện ra.")
            raise ValidationError(sentence % {"name": text[:60]}) from error
