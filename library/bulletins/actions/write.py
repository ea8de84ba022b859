"""Writing a bulletin: its pieces and their order. Every change makes it a draft again, since its file no longer says what stands there."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ..access import bulletins_of, may_make, require
from ..lengths import MOST_PIECES
from ..models import Bulletin, BulletinState, Piece

MADE = "bulletins.make"  # in the log


def begin(bulletin: Bulletin, *, user: Any) -> Bulletin:
    """Keeps a new bulletin of the person's office. Raises PermissionDenied."""
    require(may_make(user))
    bulletin.office, bulletin.made_by = user.office, user
    bulletin.save()
    log(user, MADE, user=user, data={"bulletin": bulletin.title})
    return bulletin


def describe(bulletin: Bulletin, *, user: Any) -> None:
    """Keeps the title, the summary and the place: they are heard nowhere, so the file stays."""
    with _changing(bulletin, user, heard=False):
        bulletin.save(update_fields=["title", "summary", "place"])


def put(piece: Piece, *, user: Any) -> None:
    """Keeps a piece; a new one at the end."""
    with _changing(piece.bulletin, user):
        if piece.pk is None:
            keys = list(piece.bulletin.pieces.values_list("position", flat=True))
            if len(keys) >= MOST_PIECES:
                raise ValidationError(_("Một bản tin nhận nhiều nhất %(most)d phần.") % {"most": MOST_PIECES})
            piece.position = max(keys, default=0) + 1
        piece.save()


def move(piece: Piece, by: int, *, user: Any) -> None:
    """Moves a piece up (-1) or down (1)."""
    with _changing(piece.bulletin, user):
        keys = list(piece.bulletin.pieces.values_list("pk", flat=True))
        place = keys.index(piece.pk)
        keys.insert(min(max(0, place + by), len(keys) - 1), keys.pop(place))
        for position, key in enumerate(keys, 1):
            Piece.objects.filter(pk=key).update(position=position)


def remove(piece: Piece, *, user: Any) -> None:
    """Takes a piece out. The file of its voice stays in the library."""
    with _changing(piece.bulletin, user):
        piece.delete()


@contextmanager
def _changing(bulletin: Bulletin, user: Any, *, heard: bool = True) -> Iterator[None]:
    """Holds the bulletin while it is changed. ``heard``: the file no longer fits.

    Raises PermissionDenied for another office's, ValidationError while it is built or on air.
    """
    with transaction.atomic():
        stored = bulletins_of(user).select_for_update(of=("self",)).filter(pk=bulletin.pk).first()
        require(stored is not None)
        if stored is None or not stored.is_open:
            raise ValidationError(_("Bản tin đang ghép hoặc đang phát. Hãy dừng hoặc đóng lại rồi sửa."))
        yield
        if heard:
            Bulletin.objects.filter(pk=bulletin.pk).update(state=BulletinState.DRAFT, problem="", finished_at=None)
