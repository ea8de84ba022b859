"""Two texts of one record: what differs between the stored version and a form, field by field, and which of both the person chose."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

COMPARE = "action-compare"  # field of a form that asks for a page with both texts; nothing is stored
CHOICE = "keep-"  # before the name of a field: "mine" or "theirs"
THEIRS = "theirs"
LONGEST_SHOWN = 600  # characters of a text on the page
UNSHOWN = {"id", "ORDER", "DELETE"}  # fields of a row that nobody types


@dataclass(frozen=True)
class Difference:
    """A field, or the rows of one kind: its name in the form, its label, both texts in words, and what is proposed."""

    name: str
    label: str
    stored: str
    own: str
    takes_theirs: bool

    @property
    def choice(self) -> str:
        return CHOICE + self.name


def differences(form: Any, newest: Any, opened: Any | None, answers: Mapping[str, Any]) -> list[Difference]:
    """What differs between the stored version and what the form brings.

    ``newest``: a form of the stored version, by itself: a form that was sent changes the rows of its own. ``opened``: a form of the version
    that the person began with, or None when it is not known. What the person has not touched is proposed as the other person stored it.
    ``answers``: what the person chose before, which goes before every proposal.
    """
    result = []
    for name, label, own in _texts(form):
        stored = _stored_text(newest, name)
        if stored != own:
            untouched = opened is not None and _stored_text(opened, name) == own
            takes_theirs = answers.get(CHOICE + name, THEIRS if untouched else "") == THEIRS
            result.append(Difference(name, label, stored, own, takes_theirs))
    return result


class StoredParts:
    """The fields and rows of a form for which the person chose the stored text: they leave the form, so they stay as they are."""

    def __init__(self, form: Any, answers: Mapping[str, Any]) -> None:
        self._parts = [
            (part, name, part.pop(name))
            for part in (form.fields, form.formsets)
            for name in list(part)
            if answers.get(CHOICE + name) == THEIRS
        ]

    def __bool__(self) -> bool:
        return bool(self._parts)

    def give_back(self, form: Any) -> None:
        """Puts them back into a form that is shown again: a page without them would send them empty."""
        for part, name, value in self._parts:
            part[name] = value
        form.__dict__.pop("changed_data", None)  # Django remembers it without them


def _texts(form: Any) -> Iterator[tuple[str, str, str]]:
    """(name, label, own text) of every field that the form changes, and of all rows."""
    for name, field in form.fields.items():
        if name in form.changed_data:
            yield name, str(field.label), in_words(field, form.cleaned_data.get(name, form[name].data))
    for name, rows in form.formsets.items():
        yield name, str(rows.model._meta.verbose_name_plural), _rows_text(_own_rows(rows))


def _stored_text(form: Any, name: str) -> str:
    """The text of the instance of a form that was not sent."""
    if name in form.formsets:
        rows = form.formsets[name]
        fields = rows.empty_form.fields
        return _rows_text(
            {label: (field, _attribute(row, label)) for label, field in fields.items() if label not in UNSHOWN}
            for row in rows.get_queryset()
        )
    field = form.fields.get(name)
    return "" if field is None else in_words(field, form.get_initial_for_field(field, name))


def _attribute(row: Any, name: str) -> Any:
    """The value of a row's field as a form has it: the key of what is linked."""
    return getattr(row, f"{name}_id", getattr(row, name, None))


def _own_rows(rows: Any) -> Iterator[dict[str, tuple[Any, Any]]]:
    """The rows that the form brings, without those that it takes out and those that are empty."""
    for form in rows.forms:
        values = getattr(form, "cleaned_data", {})
        if not values.get("DELETE") and (form.instance.pk or form.has_changed()):
            yield {name: (field, values.get(name, form[name].data)) for name, field in form.fields.items() if name not in UNSHOWN}


def _rows_text(rows: Iterable[Mapping[str, tuple[Any, Any]]]) -> str:
    empty = _("(trống)")
    lines = [", ".join(text for field, value in row.values() if (text := in_words(field, value)) != empty) for row in rows]
    return "\n".join(line for line in lines if line) or empty


def in_words(field: Any, value: Any) -> str:
    """A value as words, cut short: the label of a choice, the names of what is linked, the words inside blocks."""
    if isinstance(value, StreamValue):
        text = " · ".join(_words(value.get_prep_value()))
    elif hasattr(field, "queryset"):
        keys = [getattr(each, "pk", each) for each in (value if isinstance(value, Iterable) and not isinstance(value, str) else [value])]
        text = ", ".join(str(each) for each in field.queryset.filter(pk__in=[key for key in keys if key]))
    else:
        text = str(dict(getattr(field, "choices", ()) or ()).get(value, "" if value is None else value))
    text = text.replace("\r\n", "\n").strip()
    return text[:LONGEST_SHOWN] + ("…" if len(text) > LONGEST_SHOWN else "") or _("(trống)")


def _words(stored: Any) -> Iterator[str]:
    """Every text inside stored blocks, in order, without the blocks' own names."""
    if isinstance(stored, str) and stored:
        yield stored
    elif isinstance(stored, dict):
        for name, value in stored.items():
            yield from _words(value) if name not in {"id", "type"} else ()
    elif isinstance(stored, Iterable) and not isinstance(stored, str):
        for value in stored:
            yield from _words(value)
