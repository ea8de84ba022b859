"""The law: who may see what. Pure: no database, no request, no model is imported here.

Levels, from open to closed (domain handbook, section 9): public, signed_in, community, staff, withdrawn. The strictest of
all that bears on a thing wins. The same law is told in four tongues, and one test holds them together:
``can_see`` (a decision), ``visible_to`` (SQL), ``access_tokens`` with ``viewer_tokens`` (a search index).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.db.models import Q

PUBLIC, SIGNED_IN, COMMUNITY, STAFF, WITHDRAWN = LEVELS = ("public", "signed_in", "community", "staff", "withdrawn")


@dataclass(frozen=True, slots=True)
class Viewer:
    """A reader's rights as one value. ``office_path`` is set for officers only; the empty root sees every office."""

    signed_in: bool = False
    communities: frozenset[int] = frozenset()
    office_path: str | None = None
    archivist: bool = False
    user_id: int | None = None


ANONYMOUS = Viewer()


class Thing(Protocol):
    """What the law must know of a record or a file."""

    @property
    def access_level(self) -> str: ...  # the effective level, already the strictest of all

    @property
    def published(self) -> bool: ...

    @property
    def community_ids(self) -> Iterable[int]: ...

    @property
    def office_path(self) -> str: ...

    @property
    def created_by_id(self) -> int | None: ...


def strictest(*levels: str) -> str:
    """The most closed of the levels given; an unknown word fails closed, as withdrawn."""
    return max(levels, key=lambda level: LEVELS.index(level) if level in LEVELS else len(LEVELS), default=PUBLIC)


def can_see(viewer: Viewer, thing: Thing) -> bool:
    """Whether the reader may see the thing at all. Everything not said here is refused."""
    if thing.access_level == WITHDRAWN:
        return viewer.archivist
    if _in_charge(viewer, thing):
        return True
    return _level_open(viewer, thing.access_level, thing) if thing.published else _own_draft(viewer, thing)


def may_read_part(viewer: Viewer, level: str, thing: Thing) -> bool:
    """Whether the reader may see a part (a field, a file) whose own level is given: the strictest of both wins."""
    if level == WITHDRAWN:
        return viewer.archivist
    if not can_see(viewer, thing):
        return False
    return _in_charge(viewer, thing) or _level_open(viewer, level, thing) or (not thing.published and _own_draft(viewer, thing))


def visible_to(viewer: Viewer) -> Q:
    """``can_see`` as a condition on the columns access_level, live, community_keys, office__path and created_by."""
    open_levels = Q(access_level=PUBLIC)
    if viewer.signed_in:
        open_levels |= Q(access_level=SIGNED_IN)
    for community in sorted(viewer.communities):
        open_levels |= Q(access_level=COMMUNITY, community_keys__contains=f" {community} ")
    seen = Q(live=True) & open_levels
    if viewer.office_path is not None:
        seen |= Q(office__path__startswith=viewer.office_path) & ~Q(access_level=WITHDRAWN)
    if viewer.user_id is not None:
        seen |= Q(live=False, created_by=viewer.user_id) & ~Q(access_level=WITHDRAWN)
    return seen | Q(access_level=WITHDRAWN) if viewer.archivist else seen


def access_tokens(thing: Thing) -> list[str]:
    """``can_see`` as words stored with an index document: a reader sees it who holds any one of them.

    Unpublished and withdrawn things have none: they are not in a public index at all.
    """
    if not thing.published or thing.access_level == WITHDRAWN:
        return []
    opened = {PUBLIC: [PUBLIC], SIGNED_IN: [SIGNED_IN], COMMUNITY: [f"community:{pk}" for pk in sorted(thing.community_ids)]}
    return opened.get(thing.access_level, []) + [f"office:{path}" for path in _path_and_above(thing.office_path)]


def viewer_tokens(viewer: Viewer) -> list[str]:
    """The words a reader holds; the counterpart of ``access_tokens``."""
    tokens = [PUBLIC]
    if viewer.signed_in:
        tokens.append(SIGNED_IN)
        tokens += [f"community:{pk}" for pk in sorted(viewer.communities)]
    if viewer.office_path is not None:
        tokens.append(f"office:{viewer.office_path}")
    return tokens


def community_keys(community_ids: Iterable[int]) -> str:
    """The column that ``visible_to`` reads: ids between spaces, so that one test finds one id without a join."""
    return "".join(f" {pk}" for pk in sorted(community_ids)) + " "


def _level_open(viewer: Viewer, level: str, thing: Thing) -> bool:
    if level == PUBLIC:
        return True
    if level == SIGNED_IN:
        return viewer.signed_in
    if level == COMMUNITY:
        return not viewer.communities.isdisjoint(thing.community_ids)
    return False


def _in_charge(viewer: Viewer, thing: Thing) -> bool:
    return viewer.office_path is not None and thing.office_path.startswith(viewer.office_path)


def _own_draft(viewer: Viewer, thing: Thing) -> bool:
    return viewer.user_id is not None and thing.created_by_id == viewer.user_id


def _path_and_above(path: str) -> list[str]:
    parts = [part for part in path.split("/") if part]
    return ["/" + "/".join(parts[: depth + 1]) + "/" for depth in range(len(parts))]
