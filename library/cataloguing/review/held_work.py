"""Reviews that a person asked for and that are not decided yet (see the setting HELD_WORK)."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import ngettext
from wagtail.models import WorkflowState

from library.accounts.held_work import count_by


def _undecided() -> QuerySet[Any]:
    return WorkflowState.objects.filter(status__in=(WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES))


class Reviews:
    """The answer of the reviewer goes to whoever asked; after a hand-over to the successor."""

    def count(self, people: Collection[int]) -> dict[int, int]:
        return count_by(_undecided(), "requested_by", people)

    def words(self, number: int) -> str:
        return ngettext("%(number)d bản đã gửi duyệt", "%(number)d bản đã gửi duyệt", number) % {"number": number}

    def hand_over(self, person: Any, successor: Any | None) -> None:
        """Without a successor nothing changes: the review goes on, nobody is told of its end."""
        if successor is not None:
            _undecided().filter(requested_by=person).update(requested_by=successor)

    def take_along(self, person: Any, office: Any, manager: Any) -> None:
        """Nothing changes here: a review belongs to the office of its record, and its answer goes to whoever asked."""


REVIEWS = Reviews()
