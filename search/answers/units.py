"""The provinces and communes that a query names: those of today, and those of before July 2025 with what became of them."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from library.access import Viewer
from library.language.collation import vietnamese_order
from library.pages.queries.counts import counts_for
from library.presentation.lists.kinds import offered_kinds
from library.presentation.lists.lines import shortened
from library.presentation.places import unit_url
from library.presentation.wording import Wording
from library.vocabularies.models import AdminChange, AdminUnit

from ..analysis import Keys
from ..facets import facet_named
from ..indexing.vocabulary import bare_name
from ..understanding import GroupNameRow, Mode, NameAuthority, Reading
from .cards import AnswerCard, Fact, WayOn

Level = AdminUnit.Level
# The words before a name that say what kind of unit it is, folded → as they stand in the address of a unit.
PROVINCE_WORDS = {("tinh",): "", ("thanh", "pho"): "", ("tp",): "", ("province",): ""}
COMMUNE_WORDS = {
    ("xa",): "xa",
    ("phuong",): "phuong",
    ("dac", "khu"): "dac-khu",
    ("thi", "tran"): "thi-tran",
    ("thi", "xa"): "thi-xa",
    ("quan",): "quan",
    ("huyen",): "huyen",
    ("thanh", "pho"): "thanh-pho",
}
PROVINCES = (Level.PROVINCE, Level.FORMER_PROVINCE)
LOWER_LEVELS = (Level.COMMUNE, Level.FORMER_DISTRICT, Level.FORMER_COMMUNE)
MOST_CARDS, SHOWN_NAMESAKES = 2, 12
SHOWN_KINDS, SHOWN_NAMES = 5, 8


def named_units(reading: Reading) -> list[AdminUnit]:
    """The units of every level whose name is the whole query, in one query."""
    name_of_province = _after(reading.words, PROVINCE_WORDS)[1]
    prefix, name = _after(reading.words, COMMUNE_WORDS)
    lower = [f"{each}-{_slug(name)}" for each in ([prefix] if prefix else dict.fromkeys(COMMUNE_WORDS.values()))]
    rows = AdminUnit.objects.filter(level__in=(*PROVINCES, *LOWER_LEVELS), slug__in=[_slug(name_of_province), *lower])
    units = list(rows.select_related("parent__parent").order_by("level", "pk"))
    provinces = [unit for unit in units if unit.level in PROVINCES]
    others = [unit for unit in units if unit.level in LOWER_LEVELS]
    return [*_written(provinces, name_of_province, reading.mode), *_written(others, name, reading.mode)]


def province_cards(units: Sequence[AdminUnit], viewer: Viewer) -> Iterator[AnswerCard]:
    """The card of a province of today, or of the former province that bore the name alone."""
    today = [unit for unit in units if unit.level == Level.PROVINCE]
    yield from (_province_card(unit, viewer) for unit in today)
    if not today:
        yield from (_former_card(unit, _("Tỉnh cũ, đến 30/6/2025")) for unit in units if unit.level == Level.FORMER_PROVINCE)


def commune_cards(units: Sequence[AdminUnit]) -> Iterator[AnswerCard]:
    """The cards of communes, and of former communes and districts; one card for all where many share the name."""
    today = [unit for unit in units if unit.level == Level.COMMUNE]
    units = today or [unit for unit in units if unit.level in LOWER_LEVELS]
    if len(units) > MOST_CARDS:
        yield _namesakes_card(units)
        return
    for unit in units:
        yield _commune_card(unit) if unit.level == Level.COMMUNE else _former_card(unit, _("Đơn vị cũ, đến 30/6/2025"))


def _after(words: Sequence[Keys], kinds: dict[tuple[str, ...], str]) -> tuple[str, Sequence[Keys]]:
    """What the first words say of the kind of unit, and the words of its name; an empty kind where they say nothing."""
    folds = tuple(word.fold for word in words)
    for introducer, prefix in kinds.items():
        if folds[: len(introducer)] == introducer and len(folds) > len(introducer):
            return prefix, words[len(introducer) :]
    return "", words


def _slug(words: Sequence[Keys]) -> str:
    return "-".join(word.fold for word in words)


def _written(units: Sequence[AdminUnit], words: Sequence[Keys], mode: Mode) -> list[AdminUnit]:
    """Those of the units whose names are written as the reader wrote, marks and all."""
    names = [GroupNameRow(bare_name(unit), str(unit.pk), unit.label_vi, display=True) for unit in units]
    meant = {owner.group for owner in NameAuthority(names).owners_named(words, mode)} if names else set()
    return [unit for unit in units if str(unit.pk) in meant]


def _province_card(unit: AdminUnit, viewer: Viewer) -> AnswerCard:
    kinds = offered_kinds(counts_for(viewer).in_province(unit.code), f"tinh={unit.slug}")
    peoples = sorted((group.name for group in unit.groups.only("name_vi", "name_en")), key=vietnamese_order)
    facts = [Fact(_("Dân tộc"), shortened(peoples, SHOWN_NAMES))] if peoples else []
    return AnswerCard(
        code="province",
        kind=_("Tỉnh, thành phố"),
        title=Wording(unit.label),
        url=unit_url(unit),
        opens=_("Mở trang %(name)s") % {"name": unit.label},
        facts=(*_came_from(unit), *facts),
        ways_on=tuple(WayOn(kind.label, kind.url, kind.count) for kind in kinds if kind.count)[:SHOWN_KINDS],
    )


def _commune_card(unit: AdminUnit) -> AnswerCard:
    return AnswerCard(
        code="commune",
        kind=_("Xã, phường, đặc khu"),
        title=Wording(unit.label_vi),
        url=unit_url(unit),
        opens=_("Mở trang %(name)s") % {"name": unit.label_vi},
        facts=(*_within(unit), *_came_from(unit)),
        ways_on=(WayOn(_("Xem tư liệu ghi ở đây"), _records_of(unit, "places")),),
    )


def _former_card(unit: AdminUnit, kind: str) -> AnswerCard:
    """A unit that is no more: what it became, and the records that name it."""
    became = [change.new for change in AdminChange.objects.filter(old=unit).select_related("new__parent")]
    facts = [Fact(_("Nay là"), _with_province(new), unit_url(new)) for new in became[:SHOWN_NAMES]]
    opened = unit if unit_url(unit) else became[0] if became else None
    return AnswerCard(
        code="former",
        kind=kind,
        title=Wording(unit.label_vi),
        url=unit_url(opened) if opened else _records_of(unit, "former_units"),
        opens=_("Mở trang %(name)s") % {"name": opened.label} if opened else _("Xem tư liệu ghi ở đây"),
        facts=(*_within(unit), *facts),
        ways_on=(WayOn(_("Tư liệu ghi theo tên cũ này"), _records_of(unit, "former_units")),),
    )


def _namesakes_card(units: Sequence[AdminUnit]) -> AnswerCard:
    """One card for a name that many units bear: each with its province."""
    return AnswerCard(
        code="namesakes",
        kind=_("Xã, phường, đặc khu"),
        title=Wording(bare_name(units[0])),
        url="",
        opens="",
        facts=(Fact(_("Cùng tên"), _("%(count)s nơi") % {"count": len(units)}),),
        ways_on=tuple(
            WayOn(_with_province(unit), _records_of(unit, "places" if unit.level == Level.COMMUNE else "former_units"))
            for unit in units[:SHOWN_NAMESAKES]
        ),
    )


def _within(unit: AdminUnit) -> Iterator[Fact]:
    if unit.parent:
        yield Fact(_("Thuộc"), unit.parent.label, unit_url(unit.parent))


def _came_from(unit: AdminUnit) -> Iterator[Fact]:
    """The former units that became this one, where it is not what it was."""
    changes = AdminChange.objects.filter(new=unit).exclude(how=AdminChange.How.UNCHANGED).select_related("old")
    former = sorted({change.old.label for change in changes}, key=vietnamese_order)
    if former and former != [unit.label]:
        yield Fact(_("Trước 7/2025"), shortened(former, SHOWN_NAMES))


def _with_province(unit: AdminUnit) -> str:
    return ", ".join(dict.fromkeys([unit.label, _province(unit).label]))


def _province(unit: AdminUnit) -> AdminUnit:
    while unit.parent is not None:
        unit = unit.parent
    return unit


def _records_of(unit: AdminUnit, facet_name: str) -> str:
    facet = facet_named(facet_name)
    return f"{reverse('search')}?{urlencode({facet.param: unit.pk})}" if facet else ""
