"""From a written bulletin to one that is heard: build, stop, schedule, take back. What is closed by itself: ``close.py``."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from background.leases import FREE
from media_pipeline.storage import main_storage

from ..access import bulletins_of, closed_pieces, may_make, may_publish, require
from ..lengths import LONGEST_MS, whole_length_ms
from ..models import Bulletin, BulletinState

State = BulletinState
PUBLISHED, TAKEN_BACK, GIVEN_UP = "bulletins.publish", "bulletins.take_back", "bulletins.give_up"  # in the log


def build(bulletin: Bulletin, *, user: Any) -> None:
    """Has the worker make the MP3. Raises PermissionDenied, and ValidationError for what cannot be heard."""
    require(may_make(user))
    pieces = list(bulletin.pieces.select_related("asset", "record"))
    if not pieces:
        raise ValidationError(_("Bản tin chưa có phần nào."))
    if closed := closed_pieces(pieces):
        numbers = {piece.pk: number for number, piece in enumerate(pieces, 1)}
        raise ValidationError([_("Phần %(number)d: %(why)s") % {"number": numbers[key], "why": why} for key, why in closed.items()])
    if whole_length_ms(pieces) > LONGEST_MS:
        raise ValidationError(_("Bản tin dài quá 60 phút."))
    _move(bulletin, user, State.BUILDING, Bulletin.OPEN, done=0, total=len(pieces) + 1, publish_at=None)


def stop(bulletin: Bulletin, *, user: Any) -> None:
    """Stops the work; what is joined so far is thrown away. ``build`` begins again."""
    require(may_make(user))
    _move(bulletin, user, State.STOPPED, (State.BUILDING,))


def schedule(bulletin: Bulletin, when: datetime | None, *, user: Any) -> None:
    """Has it heard from a time on; at once without a time, or where the time has passed. Raises as ``build`` does."""
    require(may_publish(user))
    if when is not None and when > timezone.now():
        _move(bulletin, user, State.SCHEDULED, (State.READY, State.SCHEDULED), publish_at=when)
    else:
        now = timezone.now()
        first = bulletin.first_published_at or now
        _move(bulletin, user, State.PUBLISHED, (State.READY, State.SCHEDULED), publish_at=now, first_published_at=first)
    log(user, PUBLISHED, user=user, data={"bulletin": bulletin.title})


def take_back(bulletin: Bulletin, *, user: Any) -> None:
    """Nobody hears it any more; what waits for its hour waits no more. It can be mended and built again."""
    require(may_publish(user))
    target = State.READY if bulletin.state == State.SCHEDULED else State.CLOSED
    _move(bulletin, user, target, (State.SCHEDULED, State.PUBLISHED), publish_at=None)
    log(user, TAKEN_BACK, user=user, data={"bulletin": bulletin.title})


def give_up(bulletin: Bulletin, *, user: Any) -> None:
    """Deletes a bulletin that was never on air. One that was stays closed, so that its address says so; nobody is reminded of it."""
    require(may_make(user))
    with transaction.atomic():
        held = bulletins_of(user).filter(pk=bulletin.pk, state__in=Bulletin.OPEN)
        if held.filter(first_published_at=None).exists():
            log(user, GIVEN_UP, user=user, data={"bulletin": bulletin.title})
            Bulletin.objects.get(pk=bulletin.pk).delete()
            if bulletin.key:
                transaction.on_commit(lambda: main_storage().delete(bulletin.key))
            return
    _move(bulletin, user, State.CLOSED, Bulletin.OPEN)


def publish_due() -> bool:
    """Publishes what is due, one regular work for all machines. Returns whether there was something."""
    due = Bulletin.objects.filter(state=State.SCHEDULED, publish_at__lte=timezone.now())
    done = False
    for bulletin in due:
        first = bulletin.first_published_at or bulletin.publish_at
        done |= bool(due.filter(pk=bulletin.pk).update(state=State.PUBLISHED, first_published_at=first))
    return done


def _move(bulletin: Bulletin, user: Any, state: str, states: Collection[str], **columns: Any) -> None:
    """Raises PermissionDenied for another office's; ValidationError when it has been moved on meanwhile."""
    with transaction.atomic():
        require(bulletins_of(user).filter(pk=bulletin.pk).exists())
        held = Bulletin.objects.filter(pk=bulletin.pk, state__in=states)
        if not held.update(state=state, problem="", **FREE, **columns):
            raise ValidationError(_("Bản tin này vừa chuyển sang bước khác. Hãy mở lại trang."))
    bulletin.refresh_from_db()
