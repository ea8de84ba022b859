"""Names of reviews and their steps in the reader's language. Wagtail stores one name for each; those that we know are translated.

They are translated where they are read. What is stored, and what the form of a workflow shows, stays as it is.
"""

import copy
from typing import Any

from django.conf import settings
from django.db.models.query_utils import DeferredAttribute
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, override
from wagtail.models import Task, Workflow

from library.review.workflow import NAME

LOGGED = ("start", "approve", "reject", "resume", "cancel")  # the actions of a review whose lines in the history hold names

# The stored name → the name that people read. The second workflow is Wagtail's own, for editorial pages.
KNOWN: dict[str, Promise] = {NAME: gettext_lazy("Duyệt tư liệu"), "Moderators approval": gettext_lazy("Duyệt trang biên tập")}


def in_language(name: str) -> str:
    """The name in the language that is spoken now; a name that nobody knows as it is."""
    return str(KNOWN.get(name, name))


class NameInLanguage(DeferredAttribute):
    """The attribute ``name``: reading it translates, writing keeps what was written."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        name = super().__get__(instance, cls)
        return in_language(name) if isinstance(name, str) else name

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__["name"] = value


def translate_names() -> None:
    """Makes every screen, mail and report say the names in the reader's language. Called once, when the admin starts."""
    for model in (Workflow, Task):
        field: Any = model._meta.get_field("name")
        model.name = NameInLanguage(field)
        field.value_from_object = _stored
        field.pre_save = _stored


def _stored(instance: Any, add: bool = False) -> str:
    """The name as it is stored: for the database, and for the form that changes it."""
    return str(DeferredAttribute.__get__(NameInLanguage(instance._meta.get_field("name")), instance))


def translate_log(actions: Any) -> None:
    """Makes the lines of the history that name a review translate it, in whatever language they were written."""
    for action in (f"wagtail.workflow.{verb}" for verb in LOGGED):
        actions.formatters[action] = _TranslatedLine(actions.formatters[action])


class _TranslatedLine:
    """Wagtail's formatter of one action, with translated names."""

    def __init__(self, formatter: Any) -> None:
        self.formatter = formatter
        self.label = formatter.label

    def format_message(self, entry: Any) -> Any:
        translated = copy.copy(entry)
        translated.data = _translated(entry.data)
        return self.formatter.format_message(translated)

    def format_comment(self, entry: Any) -> Any:
        return self.formatter.format_comment(entry)


def _translated(data: Any) -> Any:
    """The data of a line with every known ``title`` in the language that is spoken now."""
    if not isinstance(data, dict):
        return data
    return {key: in_language(_key_of(value)) if key == "title" else _translated(value) for key, value in data.items()}


def _key_of(name: Any) -> str:
    """The stored name of a name in any language: the line was written in the language of whoever acted."""
    for language, _words in settings.LANGUAGES:
        with override(language):
            for key, words in KNOWN.items():
                if str(words) == name:
                    return key
    return str(name)
