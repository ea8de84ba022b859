"""What a person holds in the catalogue: drafts, uploads and files that no record uses yet (see the setting HELD_WORK)."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import ngettext

from library.accounts.held_work import count_by
from library.accounts.scope import managed_offices
from media_pipeline.models import Asset, Upload

from .actions.change_office import change_office
from .models import Record


def _drafts() -> QuerySet[Any]:
    return Record.objects.filter(live=False, withdrawn_at=None)


class Drafts:
    """Records that the person began and that are not public."""

    def count(self, people: Collection[int]) -> dict[int, int]:
        return count_by(_drafts(), "created_by", people)

    def words(self, number: int) -> str:
        return ngettext("%(number)d bản nháp", "%(number)d bản nháp", number) % {"number": number}

    def hand_over(self, person: Any, successor: Any | None) -> None:
        """Without a successor nothing changes: the office still sees the drafts."""
        if successor is not None:
            _drafts().filter(created_by=person).update(created_by=successor)

    def take_along(self, person: Any, office: Any, manager: Any) -> None:
        """Drafts of offices that the manager does not manage stay where they are."""
        drafts = _drafts().filter(created_by=person, office__in=managed_offices(manager)).exclude(office=office)
        for draft in drafts.order_by("pk"):
            change_office(draft, office, user=manager)


class Uploads:
    """Files on their way, and files that no record uses yet."""

    def count(self, people: Collection[int]) -> dict[int, int]:
        counts = count_by(self._open(), "user", people)
        for pk, number in count_by(self._unused(), "uploaded_by", people).items():
            counts[pk] = counts.get(pk, 0) + number
        return counts

    def words(self, number: int) -> str:
        return ngettext("%(number)d tệp chưa gắn vào tư liệu", "%(number)d tệp chưa gắn vào tư liệu", number) % {"number": number}

    def hand_over(self, person: Any, successor: Any | None) -> None:
        """Without a successor nothing changes: an upload that nobody continues expires by itself."""
        if successor is not None:
            self._open().filter(user=person).update(user=successor)
            self._unused().filter(uploaded_by=person).update(uploaded_by=successor)

    def take_along(self, person: Any, office: Any, manager: Any) -> None:
        """Nothing changes here: a file that no record uses belongs to the office of whoever sent it."""

    @staticmethod
    def _open() -> QuerySet[Any]:
        return Upload.objects.filter(state__in=(Upload.State.OPEN, Upload.State.ASSEMBLING))

    @staticmethod
    def _unused() -> QuerySet[Any]:
        return Asset.objects.filter(record_links=None)


DRAFTS, UPLOADS = Drafts(), Uploads()
