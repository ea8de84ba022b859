"""What a person holds on the search page of the admin: open tasks (see the setting HELD_WORK)."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import ngettext

from library.accounts.held_work import count_by

from ..models import SearchTask


def _open() -> QuerySet[SearchTask]:
    return SearchTask.objects.exclude(state=SearchTask.State.DONE)


class SearchTasks:
    """Tasks of words without results that were given to the person."""

    def count(self, people: Collection[int]) -> dict[int, int]:
        return count_by(_open(), "assignee", people)

    def words(self, number: int) -> str:
        return ngettext("%(number)d việc từ tìm kiếm", "%(number)d việc từ tìm kiếm", number) % {"number": number}

    def hand_over(self, person: Any, successor: Any | None) -> None:
        """Without a successor the tasks belong to nobody and stay in the open list."""
        _open().filter(assignee=person).update(assignee=successor)

    def take_along(self, person: Any, office: Any, manager: Any) -> None:
        """Nothing changes here: a task belongs to the person or to an office named in it."""


SEARCH_TASKS = SearchTasks()
