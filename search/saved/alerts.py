"""Runs saved searches again and mails what is new. The index worker calls it; to repeat it sends nothing twice."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from library.access import Viewer
from library.presentation.lists.lines import RecordLine, lines
from library.presentation.queries import for_lines
from library.records.access.files import viewer_of
from library.records.models import Record
from library.records.queryset import RecordQuerySet

from ..asking.find import SearchUnavailable, find_all
from ..indexing.outbox import pending
from ..models import Alert, SavedSearch
from ..request import SearchForm
from .stopping import stop_address

logger = logging.getLogger(__name__)

EVERY = {SavedSearch.Often.DAILY: timedelta(days=1), SavedSearch.Often.WEEKLY: timedelta(days=7)}
NAMED = 20  # records in one letter; the rest are behind the link
KEPT = timedelta(days=90)
UNDER_WAY = timedelta(minutes=1)  # a publication takes no longer from its first moment to its commit


def send_alerts(now: datetime | None = None) -> int:
    """One round: look for what is due, then send what waits. Returns how many letters went."""
    now = now or timezone.now()
    Alert.objects.filter(found_at__lt=now - KEPT).delete()
    for search in _due(now):
        _look(search.pk, now)
    return sum(_send(alert) for alert in Alert.objects.filter(mailed_at=None).select_related("search__user"))


def new_lines(alert: Alert) -> list[RecordLine]:
    """The records of an alert that its person may see now, newest first."""
    return lines(for_lines(_readable(alert.record_ids, viewer_of(alert.search.user))))


def _due(now: datetime) -> Iterator[SavedSearch]:
    waited = Q()
    for often, every in EVERY.items():
        waited |= Q(often=often, told_until__lte=now - every)
    yield from SavedSearch.objects.filter(waited, user__is_active=True)


def _look(pk: int, now: datetime) -> None:
    """What was published since the last round; found and remembered in one transaction, with the row locked."""
    with transaction.atomic():
        search = SavedSearch.objects.select_for_update().select_related("user").get(pk=pk)
        form = SearchForm(search.parameters)
        until = _indexed_until(now)
        if search.told_until >= until or not form.is_valid():  # another worker was here, the index lags; or a facet is no more
            return
        viewer = viewer_of(search.user)
        try:
            matches, _total = find_all(form.newest(), viewer)
        except SearchUnavailable:
            return
        fresh = _readable(matches, viewer).filter(first_published_at__gt=search.told_until, first_published_at__lte=until)
        ids = list(fresh.values_list("pk", flat=True))
        SavedSearch.objects.filter(pk=pk).update(told_until=until)
        if ids:
            Alert.objects.create(search=search, record_ids=ids, found_at=now)


def _indexed_until(now: datetime) -> datetime:
    """Up to when every publication is surely in the indexes: what was published later is told in the next round."""
    waiting = pending().order_by("created_at").values_list("created_at", flat=True).first()
    return min(now, waiting or now) - UNDER_WAY


def _send(alert: Alert) -> bool:
    """Claims the alert, then writes; a mail server that refuses gives it back for the next round."""
    if not Alert.objects.filter(pk=alert.pk, mailed_at=None).update(mailed_at=timezone.now()):
        return False
    user = alert.search.user
    with translation.override(alert.search.language):
        shown = new_lines(alert)
        if not shown or not user.email or not user.is_active:
            return False
        try:
            _letter(alert, shown).send()
        except OSError as error:  # smtplib's errors are OSErrors
            logger.warning("An alert could not be mailed and waits: %s", error)
            Alert.objects.filter(pk=alert.pk).update(mailed_at=None)
            return False
    return True


def _letter(alert: Alert, shown: list[RecordLine]) -> EmailMessage:
    stop = settings.SITE_URL + stop_address(alert.search)
    context = {
        "name": alert.search.name,
        "count": len(shown),
        "lines": shown[:NAMED],
        "site": settings.SITE_URL,
        "url": settings.SITE_URL + alert.search.get_absolute_url(),
        "account": settings.SITE_URL + reverse("saved-searches"),
        "stop": stop,
    }
    subject = " ".join(render_to_string("search/saved/subject.txt", context).split())
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return EmailMessage(subject, render_to_string("search/saved/letter.txt", context), to=[alert.search.user.email], headers=headers)


def _readable(ids: list[int], viewer: Viewer) -> RecordQuerySet:
    return Record.objects.visible_to(viewer).filter(pk__in=ids).order_by("-first_published_at", "-pk")
