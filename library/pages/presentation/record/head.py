"""What the head of a record's page says of it: a title that tells it from others of the same name, and a description of its own."""

from typing import TYPE_CHECKING

from django.utils.text import Truncator

from library.presentation.lists.lines import RecordLine
from library.presentation.wording import in_reader_language
from library.records.profiles import profile
from library.records.profiles.values import stored_values

if TYPE_CHECKING:
    from library.records.models import Record

DESCRIPTION = 300  # characters: what search engines and messengers show at most


def head_title(record: "Record", line: RecordLine) -> str:
    """Name, kind, people, and the place or the variety of the language: many words and listings have one name."""
    variety = stored_values(profile(record.record_type), record.details).get("variety") or {}
    where = variety.get("name") or line.places
    about = ", ".join(part for part in (line.kind, line.groups, where) if part)
    return f"{line.title.plain} – {about}"


def description(record: "Record", line: RecordLine) -> str:
    """The summary, else what the title says and the names of the thing in its own language."""
    summary = in_reader_language(record.summary_vi, record.summary_en).plain
    names = "; ".join(name.plain for name in line.own_names)
    return Truncator(summary or ". ".join(part for part in (head_title(record, line), names) if part)).chars(DESCRIPTION)
