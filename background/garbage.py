"""Python's garbage collector, while work makes very many objects that are in no cycle."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collected_rarely(objects: int) -> Iterator[None]:
    """What stands before the work, such as the modules, is not looked through again; what it makes, once for so many ``objects``.

    A process that collects more rarely still goes on so, and what it has put aside for good at its start stays so.
    """
    usual, put_aside = gc.get_threshold(), gc.get_freeze_count()
    if not put_aside:
        gc.freeze()
    gc.set_threshold(max(objects, usual[0]), *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        if not put_aside:
            gc.collect()  # what the work has left, before it stands among all that was there before
            gc.unfreeze()
