"""What can be picked by typing a few letters, with marks or without. What is found says why, and a former unit what it became."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from library.accounts.models import Community
from library.caching.rows import cached
from library.vocabularies.models import AdminUnit, EthnicGroup, GroupName, Term, Vocabulary
from library.vocabularies.unit_names import KIND, plain_name

MOST_SHOWN, MOST_WORDS = 12, 12
CACHE_SECONDS = 60
TERMS = "terms-"  # before the code of a vocabulary
Level = AdminUnit.Level
#: Units of the same name stand in this order.
LEVELS = (Level.PROVINCE, Level.FORMER_PROVINCE, Level.COMMUNE, Level.FORMER_DISTRICT, Level.FORMER_COMMUNE)
PRESENT, FORMER = (Level.PROVINCE, Level.COMMUNE), (Level.FORMER_PROVINCE, Level.FORMER_DISTRICT, Level.FORMER_COMMUNE)
_Key = tuple[Any, str, str, tuple[str, ...], int]  # key of the row, its name, words that narrow, other names, its place among equals


@dataclass(frozen=True, slots=True)
class Pickable:
    """A kind of authority that can be picked.

    ``name`` finds a row, ``label`` names it, ``context`` narrows, ``others`` are names that find it, too, and ``order`` its place among
    rows of one name. ``became`` gives what a former unit is today, ``related`` what the labels read. ``offered`` are the rows that a new
    choice may take: others stay readable where they are.
    """

    rows: Callable[[], QuerySet[Any]]
    label: Callable[[Any], str]
    name: Callable[[Any], str] = str
    context: Callable[[Any], str] = lambda row: ""
    others: Callable[[Any], Iterable[tuple[str, bool]]] = lambda row: ()  # (name, whether it may be shown)
    order: Callable[[Any], int] = lambda row: 0
    related: tuple[str, ...] = ()
    offered: Callable[[QuerySet[Any]], QuerySet[Any]] = lambda rows: rows
    remembered: bool = True  # what finds the rows is read once a minute; False: each time


def _unit_label(unit: AdminUnit) -> str:
    """The unit with all above it; a former one with what it became."""
    chain = [unit.label]
    above = unit.parent
    while above is not None:
        chain.append(above.label)
        above = above.parent
    label = ", ".join(chain)
    if unit.level not in FORMER:
        return label
    became = ", ".join(_unit_label(each) for each in successors(unit))
    old = _("%(unit)s (cũ)") % {"unit": label}
    return f"{old} → {became}" if became else old


def successors(unit: AdminUnit) -> list[AdminUnit]:
    """The units of today that a former unit went to, wholly or in part."""
    return [change.new for change in unit.became.all()] if unit.level in FORMER else []


def _above(unit: AdminUnit) -> str:
    return f"{unit.parent.label} {_above(unit.parent)}" if unit.parent else ""


def _units(*levels: str) -> Pickable:
    return Pickable(
        lambda: AdminUnit.objects.filter(level__in=levels).select_related("parent__parent"),
        _unit_label,
        lambda unit: unit.label_vi,
        _above,
        order=lambda unit: LEVELS.index(unit.level),
        related=("became__new__parent",),
    )


def _terms(vocabulary: str) -> Pickable:
    return Pickable(
        lambda: Term.objects.filter(vocabulary__code=vocabulary, merged_into=None).prefetch_related("labels"),
        lambda term: term.choice_label,
        lambda term: term.label,
        others=lambda term: [(name, True) for name in (term.label_vi, term.label_en, *(each.text for each in term.labels.all())) if name],
        offered=lambda rows: rows.offered(),  # type: ignore[attr-defined]
        remembered=False,  # a term that was just suggested is found
    )


PICKABLE: dict[str, Pickable] = {
    "group": Pickable(
        lambda: EthnicGroup.objects.prefetch_related("names"),
        lambda group: group.name,
        others=lambda group: [(name.name, name.display) for name in group.names.all()],  # deprecated ones are searched, never shown
    ),
    "subgroup": Pickable(
        lambda: GroupName.objects.displayable().filter(kind=GroupName.Kind.SUBGROUP).select_related("group"),
        lambda name: f"{name.name} ({name.group.name})",
        lambda name: name.name,
        lambda name: name.group.name,
    ),
    "unit": _units(*PRESENT, *FORMER),
    "former_unit": _units(*FORMER),
    "language": _terms("languages"),
    "script": _terms("scripts"),
    "community": Pickable(lambda: Community.objects.all(), str),
}


def pickable(kind: str) -> Pickable:
    """What is picked by that word: of ``terms-materials`` the terms of that vocabulary. Raises KeyError for what does not exist."""
    vocabulary = kind.removeprefix(TERMS)
    if vocabulary != kind and Vocabulary.objects.filter(code=vocabulary).exists():
        return _terms(vocabulary)
    return PICKABLE[kind]


def matching(kind: str, typed: str) -> list[dict[str, Any]]:
    """At most MOST_SHOWN rows that have, for every typed word, a word that begins with it: in a name of theirs or above them."""
    words = plain_name(typed).split()[:MOST_WORDS]
    if not words:
        return []
    what = pickable(kind)
    hits = sorted((rank, key[0]) for key in _keys(kind, what) if (rank := _rank(key, words)) is not None)[:MOST_SHOWN]
    rows = what.rows().prefetch_related(*what.related).in_bulk([pk for _rank_of_row, pk in hits])
    return [_suggestion(what, rows[pk], words) for _rank_of_row, pk in hits if pk in rows]


def _begin(words: list[str], *names: str) -> bool:
    """Whether each word begins a word of the names."""
    text = " ".join(("", *names))
    return all(f" {word}" in text for word in words)


def _rank(key: _Key, words: list[str]) -> tuple[bool, bool, bool, bool, int, int] | None:
    """Where a row stands among those found, the smallest first; None when it is not found. The whole name comes before a part."""
    _pk, name, context, others, order = key
    if not _begin(words, name, context, *others):
        return None
    typed = " ".join(words)
    bare = KIND.sub("", name)
    return (
        typed not in (name, bare),
        f" {typed}" not in f" {name}",
        not _begin(words, name),
        not bare.startswith(words[0]),
        order,
        len(name),
    )


def _keys(kind: str, what: Pickable) -> list[_Key]:
    """What finds the rows of a kind. Cached for a minute, because authorities change rarely."""
    if not what.remembered:
        return _read_keys(what)
    return cached(f"pickable:{kind}:{get_language()}", lambda: _read_keys(what), CACHE_SECONDS)


def _read_keys(what: Pickable) -> list[_Key]:
    return [
        (
            row.pk,
            plain_name(what.name(row)),
            plain_name(what.context(row)),
            tuple(plain_name(name) for name, _shown in what.others(row)),
            what.order(row),
        )
        for row in what.offered(what.rows())
    ]


def _suggestion(what: Pickable, row: Any, words: list[str]) -> dict[str, Any]:
    """A row as the field shows it: why it was found where its label does not tell, and of a former unit what it became."""
    label = what.label(row)
    suggestion = {"id": row.pk, "label": label, "why": "" if _begin(words, plain_name(label)) else _why(what, row, words)}
    if isinstance(row, AdminUnit) and row.level in FORMER:
        suggestion["became"] = [{"id": unit.pk, "label": _unit_label(unit)} for unit in successors(row)]
    return suggestion


def _why(what: Pickable, row: Any, words: list[str]) -> str:
    names = [(name, shown) for name, shown in what.others(row) if _begin(words, plain_name(name))]
    shown_name = next((name for name, shown in names if shown), "")
    if shown_name:
        return _("tên khác: %(name)s") % {"name": shown_name}
    return _("khớp một tên cũ") if names else ""
