"""The paragraph that introduces a people on its portal, made of the authority data, each sentence only where its facts are known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from library.calendars.edtf_dates import wording
from library.presentation.lists.lines import RecordLine, line
from library.presentation.wording import Wording, in_reader_language

from .links import LinkedWords

if TYPE_CHECKING:
    from library.records.models import Record
    from library.vocabularies.models import Source

    from .groups import GroupPage


@dataclass(frozen=True, slots=True)
class EarliestHistory:
    """The account of a people's past that reaches back farthest; ``when`` is empty where it has no date."""

    line: RecordLine
    when: str
    summary: Wording
    unreviewed: bool


@dataclass(frozen=True, slots=True)
class Introduction:
    """Sentences on a people, the earliest history that the library tells of it, and where the facts were read."""

    sentences: list[str]
    history: EarliestHistory | None
    sources: list[LinkedWords]


def introduction(group: "GroupPage", place_by_size: int | None, history: "Record | None", sources: "Sequence[Source]") -> Introduction:
    """The introduction of a people; ``history`` fetched by ``earliest_history``."""
    cited = [LinkedWords(in_reader_language(source.title), next(iter(source.urls), "")) for source in sources]
    return Introduction(list(_sentences(group, place_by_size)), _history(history) if history else None, cited)


def _sentences(group: "GroupPage", place_by_size: int | None) -> Iterator[str]:
    if group.population is not None:
        yield _("Ngày 1 tháng 4 năm 2019, người %(name)s có %(number)s người, %(place)s trong 54 dân tộc.") % {
            "name": group.name,
            "number": number_format(group.population, force_grouping=True),
            "place": _("đông nhất") if place_by_size == 1 else _("đông thứ %(place)s") % {"place": place_by_size},
        }
    if group.whole_country:
        yield _("Người %(name)s sống ở mọi tỉnh, thành phố.") % {"name": group.name}
    elif group.provinces:
        yield _("Người %(name)s sống nhiều ở %(places)s.") % {"name": group.name, "places": _all_of(group.provinces)}
    if group.language and group.branch:
        words = {"name": group.name, "language": group.language.plain, "branch": group.branch.plain, "family": group.family.plain}
        yield _("Người %(name)s nói %(language)s, thuộc nhánh %(branch)s, ngữ hệ %(family)s.") % words


def _all_of(names: Sequence[str]) -> str:
    """Names with commas, and "and" before the last."""
    if len(names) == 1:
        return names[0]
    return _("%(first)s và %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def _history(record: "Record") -> EarliestHistory:
    when = next((wording(row.edtf) for row in record.dates.all()), "")
    summary = in_reader_language(record.summary_vi, record.summary_en)
    return EarliestHistory(line(record), when, summary, not record.summary_reviewed)
