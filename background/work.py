"""What one line of a table of background work says, and the tables that settings name."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Work:
    """One line of a table. ``run`` must be safe to repeat and safe to be cut off at any point.

    What ``run`` returns, if true, says that it did something and that more may wait: the loop begins again at the top of the table.
    """

    name: str
    run: Callable[[], object]
    every: float = 0.0  # seconds between two runs; 0: at every look
    shared: bool = False  # one worker does it for all workers on all machines; needs ``every``
    share: float = 0.0  # of the time of the works that give way: so much it may take before them, though they have something to do
    gives_way: bool = False  # before this work run the works below it that have not had their share


def tables(dotted_names: Iterable[str]) -> list[Work]:
    """The lines of all tables that these dotted names lead to, in their order."""
    return [work for name in dotted_names for work in import_string(name)]
