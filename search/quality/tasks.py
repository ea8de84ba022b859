"""Searches without results as work: the open list, giving a task to somebody, what was done, and whether readers find something now."""

from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from library.access import ANONYMOUS
from library.accounts.scope import managed_people, offices_in_charge

from ..answers import answers_for
from ..asking.find import find
from ..models import SearchTask, ZeroResultQuery
from ..request import SearchRequest
from ..understanding import question_key

MOST_SPELLINGS = 1_000  # read for one list
TASK_SAVED, TASK_DONE = "search.task_saved", "search.task_done"


class Which(StrEnum):
    """Which tasks a list shows."""

    OPEN = ""
    MINE = "toi"
    OFFICE = "co-quan"
    DONE = "xong"


@dataclass(frozen=True, slots=True)
class TaskRow:
    """Words without results, in their commonest spelling, how often readers looked for them in vain, and the task made of them.

    ``returned``: the task was done, and readers fail again.
    """

    words: str
    times: int
    task: SearchTask | None
    returned: bool
    who: str = ""  # the person or office that does it


@dataclass(frozen=True, slots=True)
class ReaderGets:
    """What a reader without rights gets for words now: records that have all of them, and cards that answer."""

    records: int
    cards: int

    @property
    def something(self) -> bool:
        """Whether that ends the task."""
        return bool(self.records or self.cards)


def rows(which: Which, user: Any) -> list[TaskRow]:
    """The rows of a list, those most often looked for first."""
    made = _rows(which, user)
    known = set(managed_people(user).filter(pk__in=[row.task.assignee_id for row in made if row.task]).values_list("pk", flat=True))
    return [replace(row, who=_doer(row.task, {user.pk, *known})) if row.task else row for row in made]


def name_for(person: Any, known: Container[int]) -> str:
    """The name of a person whom the reader manages; of others the office."""
    return str((person.get_full_name() or person.username) if person.pk in known else person.office or _("người ngoài phạm vi của bạn"))


def _doer(task: SearchTask, known: Container[int]) -> str:
    return name_for(task.assignee, known) if task.assignee else str(task.office or "")


def _rows(which: Which, user: Any) -> list[TaskRow]:
    tasks = {task.key: task for task in _tasks(which, user)}
    if which is Which.DONE:
        return [TaskRow(task.words, 0, task, False) for task in tasks.values()]
    failures = _failures()
    if which is Which.OPEN:
        returned = SearchTask.objects.select_related("assignee__office", "office").filter(
            key__in=list(failures), state=SearchTask.State.DONE
        )
        tasks |= {task.key: task for task in returned}
        keys: Iterable[str] = dict.fromkeys((*tasks, *failures))
    else:
        keys = tasks
    made = [_row(tasks.get(key), failures.get(key, {})) for key in keys]
    return sorted(made, key=lambda row: (-row.times, row.words))


def task_for(words: str) -> SearchTask:
    """The task made of the words, in whatever spelling; a new one that is not saved where there is none."""
    key = question_key(words)
    return SearchTask.objects.filter(key=key).first() or SearchTask(words=" ".join(words.split())[:300], key=key)


@transaction.atomic
def save_task(task: SearchTask, *, user: Any) -> None:
    """Saves a task and writes it in the log. What is done leaves the list, and its failures are forgotten: new ones bring it back."""
    if task.is_done:
        task.done_at = timezone.now()
        failed = [words for words in _distinct_words() if question_key(words) == task.key]
        ZeroResultQuery.objects.filter(words__in=failed).delete()
    else:
        task.done_at, task.outcome = None, ""
    task.save()
    said = {"state": task.state, "outcome": task.outcome, "note": task.note}
    log(instance=task, action=TASK_DONE if task.is_done else TASK_SAVED, user=user, data=said)


def finish(words: str, outcome: str, *, user: Any) -> SearchTask:
    """The task of the words is done."""
    task = task_for(words)
    task.state, task.outcome = SearchTask.State.DONE, outcome
    save_task(task, user=user)
    return task


def look_again(words: str, *, user: Any) -> ReaderGets:
    """What a reader gets now. Where that is something, the task is done. Raises SearchUnavailable."""
    request = SearchRequest(text=words)
    result = find(request, ANONYMOUS)
    gets = ReaderGets(result.whole_total, sum(not card.guess for card in answers_for(result, request)))
    if gets.something:
        finish(words, SearchTask.Outcome.FOUND, user=user)
    return gets


def _tasks(which: Which, user: Any) -> QuerySet[SearchTask]:
    tasks = SearchTask.objects.select_related("assignee__office", "office")
    if which is Which.DONE:
        return tasks.filter(state=SearchTask.State.DONE).order_by("-done_at")
    tasks = tasks.exclude(state=SearchTask.State.DONE)
    if which is Which.MINE:
        return tasks.filter(assignee=user)
    return tasks.filter(office__in=offices_in_charge(user)) if which is Which.OFFICE else tasks


def _failures() -> dict[str, dict[str, int]]:
    """Folded words → how often readers looked for each spelling of them in vain; only what was seen often enough to be shown."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    counted = ZeroResultQuery.objects.shown_to_staff().values_list("words").annotate(times=Sum("count")).order_by("-times", "words")
    for words, times in counted[:MOST_SPELLINGS]:
        found[question_key(words)][words] = times
    return dict(found)


def _distinct_words() -> QuerySet[ZeroResultQuery, str]:
    return ZeroResultQuery.objects.order_by().values_list("words", flat=True).distinct()


def _row(task: SearchTask | None, spellings: dict[str, int]) -> TaskRow:
    words = task.words if task else next(iter(spellings))
    return TaskRow(words, sum(spellings.values()), task, task is not None and task.is_done)
