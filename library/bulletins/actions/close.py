"""Closes bulletins that hold what may not be broadcast any more, and tells those who made them."""

import logging
import smtplib
from collections.abc import Iterable

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.log_actions import log

from library.accounts.admin_language import language_of
from media_pipeline.storage import main_storage

from ..access import closed_pieces
from ..models import Bulletin, BulletinState

logger = logging.getLogger(__name__)
CLOSED = "bulletins.close"  # in the log


def close_with(record_ids: Iterable[int]) -> None:
    """Looks at the bulletins that hold these records. Runs in the transaction of the change."""
    close_stale(Bulletin.objects.filter(pieces__record__in=list(record_ids)).distinct())


def close_with_deleted(record_id: int) -> None:
    """The record is being deleted: a bulletin that holds it can never be heard again as it is."""
    for bulletin in Bulletin.objects.filter(pieces__record=record_id, state__in=Bulletin.BUILT).select_related("made_by").distinct():
        close(bulletin, [_("Một tư liệu trong bản tin đã bị xóa.")])


def close_all_stale() -> bool:
    """Looks at every bulletin: a consent ends by itself, and a file is withdrawn without its record. Returns whether one was closed.

    Then the MP3 of what is closed, by itself or by a person, leaves the storage: it can only be built again.
    """
    done = close_stale(Bulletin.objects.all())
    for bulletin in Bulletin.objects.filter(state=BulletinState.CLOSED).exclude(key=""):
        main_storage(patient=True).delete(bulletin.key)
        Bulletin.objects.filter(pk=bulletin.pk, key=bulletin.key).update(key="", sha256="", size=0)
    return done


def close_stale(bulletins: QuerySet[Bulletin]) -> bool:
    """Closes those of the bulletins that may not be heard as they are. Returns whether there were any."""
    built = list(bulletins.filter(state__in=Bulletin.BUILT).select_related("made_by").prefetch_related("pieces__record"))
    closed = closed_pieces(piece for bulletin in built for piece in bulletin.pieces.all())
    done = [close(bulletin, reasons) for bulletin in built if (reasons := _reasons(bulletin, closed))]
    return any(done)


def close(bulletin: Bulletin, reasons: list[str]) -> bool:
    """Closes one; False when somebody else has moved it on. The log and a letter tell why."""
    held = Bulletin.objects.filter(pk=bulletin.pk, state__in=Bulletin.BUILT)
    if not held.update(state=BulletinState.CLOSED, publish_at=None, problem="\n".join(reasons), finished_at=timezone.now()):
        return False
    log(bulletin, CLOSED, data={"bulletin": bulletin.title, "why": reasons})
    _tell(bulletin, reasons)
    return True


def _reasons(bulletin: Bulletin, closed: dict[int, str]) -> list[str]:
    pieces = enumerate(bulletin.pieces.all(), 1)
    return [_("Phần %(number)d: %(why)s") % {"number": number, "why": closed[piece.pk]} for number, piece in pieces if piece.pk in closed]


def _tell(bulletin: Bulletin, reasons: list[str]) -> None:
    """Mails who made it. A mail that cannot be sent is logged: the first page of the admin tells it, too."""
    person = bulletin.made_by
    if person is None or not (person.is_active and person.email):
        return
    with override(language_of(person)):
        address = settings.SITE_URL + reverse("bulletins:one", args=[bulletin.pk])
        text = render_to_string("bulletins/closed_mail.txt", {"bulletin": bulletin, "reasons": reasons, "address": address})
        subject = _("Bản tin đã đóng: %(title)s") % {"title": bulletin.title}
        try:
            send_mail(" ".join(subject.split()), text, None, [person.email])
        except (OSError, smtplib.SMTPException):
            logger.exception("The mail about a closed bulletin was not sent.")
