"""The peoples that a query names, by any of their names; an old name leads to the official one and is never given back."""

from collections.abc import Iterator, Sequence

from django.db.models import Count, Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from library.access import Viewer
from library.pages.presentation.groups import GroupPage, group_page
from library.pages.queries.counts import counts_for
from library.pages.queries.festivals import next_occurrences
from library.pages.queries.narrowing import in_group, walk_is_shorter
from library.presentation.lists.kinds import offered_kinds
from library.presentation.lists.lines import shortened
from library.presentation.queries import visible_records
from library.presentation.wording import Wording, in_reader_language
from library.records.festivals.schedules import festival_types
from library.records.models import Record
from library.vocabularies.models import EthnicGroup, GroupName

from ..analysis import keys_of
from ..indexing.knowledge import names
from ..understanding import Reading
from .cards import AnswerCard, Fact, WayOn, days_in_words

MOST_CARDS = 2  # a name of more peoples has one card that leads to each of them
SHOWN_NAMES, SHOWN_PROVINCES, SHOWN_KINDS = 6, 7, 5
LOOKED_AT, MOST_SHARING = 5, 5  # next festivals, and peoples that a festival of their own may have


def people_cards(reading: Reading, viewer: Viewer) -> Iterator[AnswerCard]:
    """The cards of the peoples whose name is the whole query, those whose official name it is first.

    Every people is there: two with a card each; of more, those that have the name today, and one card with the others.
    """
    owners = names().owners_named(reading.words, reading.mode)
    groups = _groups([owner.group for owner in owners])
    typed = [word.fold for word in reading.words]
    today = {owner.group for owner in owners if _stands_in(typed, [word.fold for word in keys_of(owner.official)])}
    own = groups if len(groups) <= MOST_CARDS else [group for group in groups if group.slug in today][:MOST_CARDS]
    yield from (_card(group, viewer) for group in own)
    if others := [group for group in groups if group not in own]:
        yield _shared_card(others, viewer, bool(own))


def _groups(slugs: Sequence[str]) -> list[EthnicGroup]:
    """The peoples of these addresses, in this order."""
    if not slugs:
        return []
    shown = Prefetch("names", queryset=GroupName.objects.displayable())
    groups = EthnicGroup.objects.filter(slug__in=slugs).prefetch_related("languages", "scripts", "provinces", shown)
    return sorted(groups, key=lambda group: slugs.index(group.slug))


def _stands_in(words: Sequence[str], name: Sequence[str]) -> bool:
    """Whether a query holds a name, perhaps between words such as "người"."""
    return any(list(words[start : start + len(name)]) == list(name) for start in range(len(words)))


def _shared_card(groups: Sequence[EthnicGroup], viewer: Viewer, others: bool) -> AnswerCard:
    """One card for the peoples that bear or bore a name. It does not say the name: it may be one that is not shown any more."""
    counts = counts_for(viewer)
    count = {"count": len(groups)}
    return AnswerCard(
        code="peoples",
        kind=_("Dân tộc"),
        title=Wording(_("%(count)s dân tộc khác cũng có tên này") % count if others else _("Tên này chỉ %(count)s dân tộc") % count),
        url="",
        opens="",
        ways_on=tuple(WayOn(group.name, reverse("group", args=[group.slug]), counts.in_group(group.pk).total()) for group in groups),
    )


def _card(group: EthnicGroup, viewer: Viewer) -> AnswerCard:
    page, url = group_page(group), reverse("group", args=[group.slug])
    kinds = offered_kinds(counts_for(viewer).in_group(group.pk), f"dan-toc={group.slug}")
    subgroups = [name for subgroup in page.subgroups for name in (subgroup.name, *subgroup.other_names)]
    return AnswerCard(
        code="people",
        kind=_("Dân tộc"),
        title=Wording(page.name),
        url=url,
        opens=_("Mở trang người %(name)s") % {"name": page.name},
        names=tuple(dict.fromkeys(name for name in (*subgroups, *page.other_names) if name.plain != page.name))[:SHOWN_NAMES],
        facts=tuple(_facts(page, group, viewer)),
        ways_on=tuple(WayOn(kind.label, kind.url, kind.count) for kind in kinds if kind.count)[:SHOWN_KINDS],
    )


def _facts(page: GroupPage, group: EthnicGroup, viewer: Viewer) -> Iterator[Fact]:
    if page.population:
        yield Fact(_("Số dân"), _("%(number)s (1/4/2019)") % {"number": number_format(page.population, force_grouping=True)})
    if page.whole_country:
        yield Fact(_("Ở đông"), _("khắp cả nước"))
    elif page.provinces:
        yield Fact(_("Ở đông"), shortened(page.provinces, SHOWN_PROVINCES))
    yield from _next_festival(group, viewer)
    if page.language.plain:
        yield Fact(_("Tiếng"), page.language)


def _next_festival(group: EthnicGroup, viewer: Viewer) -> Iterator[Fact]:
    """The next festival of the people's own; one that many peoples share only where there is no other soon."""
    counts = counts_for(viewer)
    festivals_of_all = sum(counts.all[record_type] for record_type in festival_types())
    walk = walk_is_shorter(counts.in_group(group.pk).total(), festivals_of_all, LOOKED_AT)  # through their days, or the people's records
    coming = next_occurrences(in_group(visible_records(viewer), group, walk), timezone.localdate(), LOOKED_AT)
    if not coming:
        return
    keys = [key for key, _occurrence in coming]
    sharing = dict(Record.groups.through.objects.filter(record__in=keys).values_list("record").annotate(Count("pk")))
    key, occurrence = min(coming, key=lambda pair: sharing.get(pair[0], 0) > MOST_SHARING)
    for festival in Record.objects.filter(pk=key).only("identifier", "title_vi", "title_en"):
        title = in_reader_language(festival.title_vi, festival.title_en)
        yield Fact(_("Sắp tới"), Wording(f"{title.plain}, {days_in_words(occurrence)}", title.language), festival.get_absolute_url())
