"""The library's regular work: one line for each thing that has to be done again and again without anybody asking.

The index worker runs it beside its own (setting REGULAR_WORK). Each line must be safe to repeat and to be cut off.
"""

from functools import partial

from django.core.management import call_command

from background.work import Work

DAY = 24 * 3600.0

WORK = [
    Work("forget ended sessions", partial(call_command, "clearsessions"), every=DAY, shared=True),
]
