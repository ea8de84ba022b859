"""Cleans every text of a row before it is stored, whoever stores it: a form, an import, a command, an interface.

``media_pipeline.text.cleaning`` says what a text may hold. Code that writes rows without ``save`` cleans its texts itself.
"""

from functools import cache
from typing import Any

from django.db import models
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField

from media_pipeline.text.cleaning import clean, clean_line, clean_values

NOT_READ = "password"  # a hash, compared and never read by a person


def clean_row(instance: models.Model) -> None:
    """Clean the texts of a row that is about to be saved; fields that were not loaded stay so."""
    loaded = instance.__dict__
    for name, kind in _texts(type(instance)):
        value = loaded.get(name)
        if value and (cleaned := _cleaned(value, kind)) is not value:
            setattr(instance, name, cleaned)


def clean_columns(model: type[models.Model], columns: dict[str, Any]) -> None:
    """The same for a row that never is a model: column → value."""
    for name, kind in _texts(model):
        value = columns.get(name)
        if value:
            columns[name] = _cleaned(value, kind)


@cache
def _texts(model: type[models.Model]) -> list[tuple[str, str]]:
    """Attributes that hold text, each with how it is cleaned."""
    kinds = [(field.attname, _kind(field)) for field in model._meta.concrete_fields]
    return [(name, kind) for name, kind in kinds if kind and name != NOT_READ]


def _kind(field: Any) -> str:
    if isinstance(field, StreamField):
        return "stream"
    if isinstance(field, models.TextField):
        return "lines"
    if isinstance(field, models.CharField):
        return "line"
    return "values" if isinstance(field, models.JSONField) else ""


def _cleaned(value: Any, kind: str) -> Any:
    """The clean value; the same object where nothing had to be cleaned."""
    if kind == "stream":
        return _clean_stream(value)
    if kind == "values":
        return value if (cleaned := clean_values(value)) == value else cleaned
    if not isinstance(value, str):
        return value
    cleaned_text = clean_line(value) if kind == "line" else clean(value)
    as_sent = value.replace("\r\n", "\n") if kind == "lines" else value  # forms send Windows' line breaks: no change of the words
    return value if cleaned_text == as_sent else cleaned_text


def _clean_stream(value: Any) -> Any:
    if not isinstance(value, StreamValue):
        return value
    stored = list(value.get_prep_value())
    cleaned = clean_values(stored)
    return value if cleaned == stored else StreamValue(value.stream_block, cleaned, is_lazy=True)
