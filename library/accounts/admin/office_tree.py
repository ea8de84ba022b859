"""The office tree as the admin shows it: the way down to one office and what stands directly below it; and its people."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q

from media_pipeline.text.folding import fold

from ..held_work import HeldWork, held_by
from ..models import Invitation, Office, User
from ..models.offices import OfficeQuerySet
from ..roles import Role, role_of
from ..scope import managed_people

MOST_RESULTS = 50


@dataclass(slots=True)
class Branch:
    """An office in the tree, with those of its branches that are shown."""

    office: Office
    people: int
    below: int  # offices directly below, shown or not
    current: bool = False
    branches: list["Branch"] = field(default_factory=list)

    @property
    def folded(self) -> int:
        """How many offices directly below are not shown."""
        return self.below - len(self.branches)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person of an office, with what the table shows."""

    user: User
    role: Role | None
    work: list[HeldWork]
    invitation: Invitation | None  # not accepted yet


def tree_to(office: Office, scope: OfficeQuerySet) -> list[Branch]:
    """The offices above it inside the scope, the office, and those directly below it. One query, however large the tree is."""
    rows = scope.filter(Q(parent=office) | Q(pk__in=Office.objects.above(office.path).values("pk")))
    counted = rows.annotate(
        people=Count("officers", filter=Q(officers__is_active=True), distinct=True), below=Count("children", distinct=True)
    )
    branches = {row.pk: Branch(row, row.people, row.below, current=row.pk == office.pk) for row in counted.order_by("level", "name_vi")}
    roots: list[Branch] = []
    for branch in branches.values():
        above = branches.get(branch.office.parent_id or 0)
        (above.branches if above else roots).append(branch)
    return roots


def people_of(office: Office, manager: Any) -> list[PersonRow]:
    """The people of the office whom the manager manages, those who may sign in first. A fixed number of queries."""
    people = managed_people(manager).filter(office=office).prefetch_related("groups", "invitations")
    users = list(people.order_by("-is_active", "first_name", "username"))
    work = held_by([user.pk for user in users])
    return [PersonRow(user, role_of(user), work[user.pk], _waiting(user)) for user in users]


def _waiting(user: User) -> Invitation | None:
    """The invitation of somebody who has no password yet."""
    if user.has_usable_password() or not user.is_active:
        return None
    return next((invitation for invitation in user.invitations.all() if invitation.accepted_at is None), None)


def search_offices(scope: OfficeQuerySet, typed: str) -> list[Office]:
    """At most MOST_RESULTS offices of the scope whose names hold every typed word, with or without marks."""
    words = fold(typed).split()
    names = scope.order_by("path").values_list("pk", "name_vi")
    keys = [pk for pk, name in names if words and all(word in fold(name) for word in words)][:MOST_RESULTS]
    return list(scope.filter(pk__in=keys).select_related("parent"))


def search_people(manager: Any, typed: str) -> list[User]:
    """At most MOST_RESULTS people of the scope, by name or login name, with or without marks."""
    words = fold(typed).split()
    names = managed_people(manager).order_by("username").values_list("pk", "last_name", "first_name", "username")
    keys = [pk for pk, *name in names if words and all(word in fold(" ".join(name)) for word in words)][:MOST_RESULTS]
    return list(managed_people(manager).filter(pk__in=keys).select_related("office"))
