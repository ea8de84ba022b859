"""The library's regular work: one line for each thing that has to be done again and again without anybody asking.

The index worker runs it beside its own (setting REGULAR_WORK). Each line must be safe to repeat and to be cut off.
"""

from functools import partial

from django.core.management import call_command

from background.work import Work

from .accounts.audit.addresses import forget_old_addresses
from .accounts.lockout import forget_old_attempts
from .bulletins.actions.close import close_all_stale
from .bulletins.actions.publish import publish_due
from .bulletins.actions.work import advance_bulletins
from .cataloguing.bulk.actions.work import advance_bulk_edits
from .cataloguing.terms.actions.work import advance_merges
from .exchange.actions.exports.work import advance_exports, forget_old_exports
from .exchange.actions.work import advance_imports, forget_old_files
from .operations.statistics import refresh_statistics
from .packs.actions.work import advance_packs
from .records.actions.schedule import carry_out_schedule
from .records.terms.uses import update_all_term_uses
from .review.actions.give_on import give_on_reviews
from .review.actions.send_letters import send_letters
from .review.reminders import remind_of_overdue

MINUTE, DAY = 60.0, 24 * 3600.0

WORK = [
    Work("imports", advance_imports, every=1.0),
    Work("bulk edits", advance_bulk_edits, every=1.0),
    Work("merges of terms", advance_merges, every=1.0),
    Work("exports", advance_exports, every=1.0),
    Work("packs", advance_packs, every=1.0),
    Work("bulletins", advance_bulletins, every=1.0),
    Work("publish bulletins", publish_due, every=MINUTE, shared=True),
    Work("close bulletins", close_all_stale, every=MINUTE, shared=True),
    Work("scheduled publication", carry_out_schedule, every=MINUTE, shared=True),
    Work("uses of terms", update_all_term_uses, every=DAY, shared=True),
    Work("letters about reviews", send_letters, every=MINUTE / 2, shared=True),
    Work("reviews of offices without reviewers", give_on_reviews, every=60 * MINUTE, shared=True),
    Work("remind of overdue reviews", remind_of_overdue, every=DAY, shared=True),
    Work("forget old logins", forget_old_attempts, every=DAY, shared=True),
    Work("forget old network addresses", forget_old_addresses, every=DAY, shared=True),
    Work("forget old files of imports", forget_old_files, every=DAY, shared=True),
    Work("forget old exports", forget_old_exports, every=DAY, shared=True),
    Work("forget finished tasks", partial(call_command, "prune_db_task_results", verbosity=0), every=DAY, shared=True),
    Work("forget ended sessions", partial(call_command, "clearsessions"), every=DAY, shared=True),
    Work("refresh the statistics of the database", refresh_statistics, every=DAY, shared=True),
    Work("add the days of festivals for one more year", partial(call_command, "fill_festival_days"), every=7 * DAY, shared=True),
]
