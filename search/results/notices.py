"""What a page of results says about the search itself: what was recognised in the query, its repaired form, and how the search ran."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..asking.find import SearchResult, suggested_query
from ..asking.relaxing import Relaxation
from ..facets import Facet, facet_named
from ..indexing.knowledge import places
from ..understanding import Reading
from .addresses import Address
from .hits import ShownWords
from .links import PageLink


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence that the reader has to know. ``code`` says which one, for tests and templates."""

    code: str
    text: str


def recognised_names(result: SearchResult, address: Address) -> Iterator[PageLink]:
    """Links that narrow the search to what a name in the query stands for and what is no condition of it yet.

    First every people, by its official name: one, or several for a name that several peoples bore. Then every province, of today
    or of before.
    """
    groups = facet_named("groups")
    peoples = [(groups, owner.group) for hit in result.reading.names for owner in hit.owners if groups]
    conditions = {(each.facet, each.value) for condition in result.conditions for demand in condition.demands for each in demand.values}
    for facet, value in dict.fromkeys([*peoples, *places_named(result.reading)]):
        if (facet.name, value) not in conditions and (label := facet.labels([value]).get(value)):
            yield PageLink(label, address.with_value(facet.param, value))


def places_named(reading: Reading) -> Iterator[tuple[Facet, str]]:
    """The facet and the value of every province, of today or of before, that the query names."""
    for hit in places().hits(reading.words, reading.mode):
        for name, _sign, value in (owner.group.partition("=") for owner in hit.owners):
            if facet := facet_named(name):
                yield facet, value


def did_you_mean(result: SearchResult, address: Address) -> PageLink | None:
    """A link to the query with its unknown words repaired, if there is one to offer."""
    text = suggested_query(result.reading)
    return PageLink(text, address.with_value("q", text)) if text else None


def notices(result: SearchResult, shown: Iterable[ShownWords]) -> Iterator[Notice]:
    """The notices in the order in which they stand on the page. ``shown`` are the words shown of each hit."""
    if result.degraded:
        yield Notice("degraded", _("Máy tìm kiếm chính đang nghỉ; đang dùng cách tìm đơn giản hơn."))
    if result.reading.cut:
        yield Notice("cut", _("Câu tìm dài quá nên chỉ tìm phần đầu."))
    if result.relaxation is Relaxation.SOME_CONDITIONS:
        yield Notice("some_conditions", _("Chưa có tư liệu nào đủ mọi điều kiện; dưới đây là tư liệu đủ một phần."))
    elif result.conditions and result.relaxation:
        yield Notice("conditions", _("Không có tư liệu nào đúng như đã hiểu; dưới đây là tư liệu có các chữ bạn gõ."))
    elif result.relaxation is Relaxation.PART:
        yield Notice("part", _("Không có tư liệu nào có đủ các từ này; dưới đây là tư liệu có một phần."))
    elif result.relaxation is Relaxation.MOST_WORDS:
        yield Notice("relaxed", _("Không có tư liệu nào chứa phần lớn các từ này; dưới đây là tư liệu chứa một vài từ."))
    elif result.relaxation is Relaxation.PHRASES:
        yield Notice("phrase", _("Không có tư liệu nào chứa nguyên cụm trong ngoặc kép; dưới đây là tư liệu có các từ rời."))
    if result.hits and result.reading.repaired and not _shows_a_typed_word(result, shown):
        yield Notice("repaired", _("Không thấy từ bạn gõ; dưới đây là kết quả cho “%(words)s”.") % {"words": result.reading.rewritten()})


def _shows_a_typed_word(result: SearchResult, shown: Iterable[ShownWords]) -> bool:
    """Whether any hit shows an unknown word as it was typed. Passages inside a record do not count."""
    typed = {result.reading.words[place].fold for place in result.reading.repaired}
    return any(word.fold in typed for words in shown for text in words.of_record for word in text)
