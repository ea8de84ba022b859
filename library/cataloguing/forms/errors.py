"""What is wrong in a form, in words."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

MOST = 3  # sentences
Found = tuple[str, str]  # label of the field, and what is wrong in it


def errors_in_words(form: Any) -> str:
    """What is wrong in the form, by the labels of the fields, at most three sentences."""
    result = [found for name in form.errors for found in _in_field(form, name)]
    for rows in form.formsets.values():
        result += [found for each in rows.forms for name in each.errors if name in each.fields for found in _in_field(each, name)]
    words = [_("ô “%(label)s”: %(error)s") % {"label": label, "error": error} if label else str(error) for label, error in result]
    return " ".join(words[:MOST])


def _in_field(form: Any, name: str) -> Iterator[Found]:
    field = form.fields.get(name)
    label = str(field.label or "") if field else ""
    for error in form.errors[name].as_data():
        if hasattr(error, "block_errors"):
            stream = form[name].data
            for number, inside in error.block_errors.items():
                yield from _in_block(stream[number].block, inside, label)
            yield from ((label, words) for each in error.non_block_errors.as_data() for words in each.messages)
        else:
            yield from ((label, words) for words in error.messages)


def _in_block(block: Any, error: Any, label: str) -> Iterator[Found]:
    """The errors inside a block, each by the label of the innermost field: Wagtail's own sentence names only its class."""
    if not hasattr(error, "block_errors"):
        yield from ((label, words) for words in error.messages)
        return
    children = getattr(block, "child_blocks", {})
    for key, inside in error.block_errors.items():
        child = children.get(key) or block.child_block
        yield from _in_block(child, inside, str(child.label or label))
    yield from ((label, words) for each in error.non_block_errors.as_data() for words in each.messages)
