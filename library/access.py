"""The access rule: who may see a record or a file. Pure: this module imports no model, reads no database and knows no request.

There are five access levels, from open to closed (domain handbook, section 9):

- ``public``: everybody.
- ``signed_in``: everybody who has signed in.
- ``community``: members of a community of origin of the record, and the office in charge.
- ``staff``: the office in charge only.
- ``withdrawn``: archivists only.

When several levels apply to one resource, the strictest level wins. The office in charge is the office of the record and every
office above it. An unpublished record (a draft) is visible to the office in charge and to the person who created it.

The same rule is written in three forms, and tests compare them:

- ``can_see`` decides for one resource that is in memory;
- ``visible_to`` is a condition for a database query (``parts_visible_to`` for files and other parts);
- ``access_tokens`` are stored in the search index, ``viewer_tokens`` are sent with a search. A resource is visible when the two share
  a token.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.db.models import Q

PUBLIC, SIGNED_IN, COMMUNITY, STAFF, WITHDRAWN = LEVELS = ("public", "signed_in", "community", "staff", "withdrawn")


@dataclass(frozen=True, slots=True)
class Viewer:
    """The rights of one reader.

    - ``signed_in``: whether the reader has signed in.
    - ``communities``: primary keys of the communities that the reader belongs to.
    - ``office_path``: the path of the reader's office, such as ``/bo/tinh-15/``. Set for officers only, else None. The officer is in
      charge of every record whose office path begins with it; the empty path begins every path.
    - ``archivist``: whether the reader may see withdrawn records.
    - ``user_id``: the primary key of the account, None for somebody who has not signed in.
    """

    signed_in: bool = False
    communities: frozenset[int] = frozenset()
    office_path: str | None = None
    archivist: bool = False
    user_id: int | None = None


ANONYMOUS = Viewer()


class Resource(Protocol):
    """A record, or something else that the access rule protects: the facts that the rule needs."""

    @property
    def access_level(self) -> str: ...  # the strictest of all levels that apply

    @property
    def published(self) -> bool: ...

    @property
    def community_ids(self) -> Iterable[int]: ...

    @property
    def office_path(self) -> str: ...

    @property
    def created_by_id(self) -> int | None: ...


def strictest(*levels: str) -> str:
    """The strictest of the levels. A word that is no level counts as stricter than every level, so a typing error cannot open a record."""
    return max(levels, key=lambda level: LEVELS.index(level) if level in LEVELS else len(LEVELS), default=PUBLIC)


def can_see(viewer: Viewer, resource: Resource) -> bool:
    """Whether the reader may see the resource at all. What no line below allows is refused."""
    if resource.access_level == WITHDRAWN:
        return viewer.archivist
    if _in_charge(viewer, resource):
        return True
    return _level_open(viewer, resource.access_level, resource) if resource.published else _own_draft(viewer, resource)


def may_read_part(viewer: Viewer, level: str, resource: Resource) -> bool:
    """Whether the reader may see a part of the resource: a field, or a file. ``level`` is the part's own level.

    The reader must be allowed to see the resource and the part: the stricter of the two levels decides. A withdrawn part is visible to
    archivists even where the resource is not.
    """
    if level == WITHDRAWN:
        return viewer.archivist
    if not can_see(viewer, resource):
        return False
    return _in_charge(viewer, resource) or _level_open(viewer, level, resource) or (not resource.published and _own_draft(viewer, resource))


def field_level(viewer: Viewer, resource: Resource) -> str:
    """The most closed level of fields that the reader may see in this resource: ``staff``, ``community`` or ``public``."""
    return next((level for level in (STAFF, COMMUNITY) if may_read_part(viewer, level, resource)), PUBLIC)


def visible_to(viewer: Viewer, resource: str = "") -> Q:
    """``can_see`` as a query condition. It reads the columns access_level, live, community_keys, office__path and created_by.

    ``resource`` is the path to those columns from the rows that are filtered, such as ``record__``; empty for the records themselves.
    """
    condition = Q(**{f"{resource}live": True}) & _levels_open_to(viewer, f"{resource}access_level", resource)
    withdrawn = Q(**{f"{resource}access_level": WITHDRAWN})
    condition |= _in_charge_or_author(viewer, resource) & ~withdrawn
    return condition | withdrawn if viewer.archivist else condition


def in_charge_of(viewer: Viewer, every_office: bool = False) -> Q:
    """``visible_to`` for the records that the officer is in charge of, and only these. It reads office__path and access_level.

    ``every_office``: all offices that there are lie below the officer's own. A list then need not be read office by office.
    """
    if viewer.office_path is None:
        return Q(pk__in=[])
    condition = Q() if every_office else Q(office__path__startswith=viewer.office_path)
    return condition if viewer.archivist else condition & ~Q(access_level=WITHDRAWN)


def parts_visible_to(viewer: Viewer, resource: str, level: str) -> Q:
    """``may_read_part`` as a query condition over rows of parts: ``level`` is their own column, ``resource`` the path to the resource."""
    open_parts = _levels_open_to(viewer, level, resource) | _in_charge_or_author(viewer, resource)
    withdrawn = Q(**{level: WITHDRAWN})
    condition = visible_to(viewer, resource) & open_parts & ~withdrawn
    return condition | withdrawn if viewer.archivist else condition


def access_tokens(resource: Resource) -> list[str]:
    """``can_see`` as words that are stored with an index document. A reader who has any one of them may see the document.

    The list is empty for drafts and for what is withdrawn: they are not in the search index at all.
    """
    if not resource.published or resource.access_level == WITHDRAWN:
        return []
    tokens_of_level = {PUBLIC: [PUBLIC], SIGNED_IN: [SIGNED_IN], COMMUNITY: [f"community:{pk}" for pk in sorted(resource.community_ids)]}
    return tokens_of_level.get(resource.access_level, []) + [f"office:{path}" for path in _path_and_above(resource.office_path)]


def viewer_tokens(viewer: Viewer) -> list[str]:
    """The words of a reader, to compare with ``access_tokens``."""
    tokens = [PUBLIC]
    if viewer.signed_in:
        tokens.append(SIGNED_IN)
        tokens += [f"community:{pk}" for pk in sorted(viewer.communities)]
    if viewer.office_path is not None:
        tokens.append(f"office:{viewer.office_path}")
    return tokens


def community_keys(community_ids: Iterable[int]) -> str:
    """The text of the column that ``visible_to`` reads, such as ``" 7 70 "``: with spaces round each id, no id is part of another."""
    return "".join(f" {pk}" for pk in sorted(community_ids)) + " "


def _level_open(viewer: Viewer, level: str, resource: Resource) -> bool:
    if level == PUBLIC:
        return True
    if level == SIGNED_IN:
        return viewer.signed_in
    if level == COMMUNITY:
        return not viewer.communities.isdisjoint(resource.community_ids)
    return False


def _levels_open_to(viewer: Viewer, level: str, resource: str) -> Q:
    """``_level_open`` as a query condition: ``level`` names the column of the level."""
    condition = Q(**{level: PUBLIC})
    if viewer.signed_in:
        condition |= Q(**{level: SIGNED_IN})
    for community in sorted(viewer.communities):
        condition |= Q(**{level: COMMUNITY, f"{resource}community_keys__contains": f" {community} "})
    return condition


def _in_charge_or_author(viewer: Viewer, resource: str) -> Q:
    """``_in_charge``, or ``_own_draft`` of what is not published, as a query condition. Nothing for somebody who is neither."""
    condition = Q(pk__in=[])
    if viewer.office_path is not None:
        condition |= Q(**{f"{resource}office__path__startswith": viewer.office_path})
    if viewer.user_id is not None:
        condition |= Q(**{f"{resource}live": False, f"{resource}created_by": viewer.user_id})
    return condition


def _in_charge(viewer: Viewer, resource: Resource) -> bool:
    return viewer.office_path is not None and resource.office_path.startswith(viewer.office_path)


def _own_draft(viewer: Viewer, resource: Resource) -> bool:
    return viewer.user_id is not None and resource.created_by_id == viewer.user_id


def _path_and_above(path: str) -> list[str]:
    parts = [part for part in path.split("/") if part]
    return ["/" + "/".join(parts[: depth + 1]) + "/" for depth in range(len(parts))]
