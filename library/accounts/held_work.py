"""What a person holds: drafts, reviews, locks, uploads. Each package names its own kinds in the setting HELD_WORK."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Protocol

from django.apps import apps
from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils.module_loading import import_string
from django.utils.translation import ngettext
from wagtail.models import LockableMixin

from .models import Office, User


class WorkKind(Protocol):
    """One kind of work."""

    def count(self, people: Collection[int]) -> dict[int, int]:
        """How much each of these people holds: primary key of the person → number. People with nothing may be left out."""

    def words(self, number: int) -> str:
        """The number in words, such as "3 bản nháp"."""

    def hand_over(self, person: User, successor: User | None) -> None:
        """Gives all of it to the successor; without one, lets go of it. Runs inside the transaction of ``deactivate``."""

    def take_along(self, person: User, office: Office, manager: Any) -> None:
        """The person goes to another office and keeps the work: what belongs to an office belongs to the new one from now on."""


@dataclass(frozen=True, slots=True)
class HeldWork:
    """One line of what a person holds."""

    words: str
    number: int


def work_kinds() -> list[WorkKind]:
    """All kinds, in the order of the setting."""
    return [import_string(name) for name in settings.HELD_WORK]


def held_by(people: Collection[int]) -> dict[int, list[HeldWork]]:
    """What each of these people holds, kinds without anything left out. One query for each kind, however many people."""
    work: dict[int, list[HeldWork]] = {pk: [] for pk in people}
    for kind in work_kinds():
        for pk, number in kind.count(people).items():
            work[pk].append(HeldWork(kind.words(number), number))
    return work


def hand_over(person: User, successor: User | None) -> None:
    """Gives everything that the person holds to the successor, kind by kind."""
    for kind in work_kinds():
        kind.hand_over(person, successor)


def take_along(person: User, office: Office, manager: Any) -> None:
    """Moves everything that the person holds to the new office, kind by kind. ``manager`` is who wants it so."""
    for kind in work_kinds():
        kind.take_along(person, office, manager)


def count_by(rows: QuerySet[Any], column: str, people: Collection[int]) -> dict[int, int]:
    """How many rows name each of these people in the column."""
    counts = rows.filter(**{f"{column}__in": people}).order_by().values_list(column).annotate(number=Count("pk"))
    return dict(counts)


class Locks:
    """Records and pages that the person has locked. Nobody takes them over: they are unlocked, so that work can go on."""

    def count(self, people: Collection[int]) -> dict[int, int]:
        counts: dict[int, int] = {}
        for model in self._models():
            for pk, number in count_by(model.objects.filter(locked=True), "locked_by", people).items():
                counts[pk] = counts.get(pk, 0) + number
        return counts

    def words(self, number: int) -> str:
        return ngettext("%(number)d bản đang khóa", "%(number)d bản đang khóa", number) % {"number": number}

    def hand_over(self, person: User, successor: User | None) -> None:
        for model in self._models():
            model.objects.filter(locked_by=person).update(locked=False, locked_by=None, locked_at=None)

    def take_along(self, person: User, office: Office, manager: Any) -> None:
        """What is locked may stay with the old office, where the person could not unlock it any more."""
        self.hand_over(person, None)

    @staticmethod
    def _models() -> list[Any]:
        """The models that have the columns of a lock themselves, not by a parent table."""
        return [
            model
            for model in apps.get_models()
            if issubclass(model, LockableMixin) and any(field.name == "locked_by" for field in model._meta.local_fields)
        ]


LOCKS = Locks()
