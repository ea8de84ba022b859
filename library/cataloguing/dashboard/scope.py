"""Which records a dashboard counts: those of the person's own office and below, or all that she sees in the whole country.

Every count links to the list of what it counted, so both are one rule: the list of the admin, or the public search.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from library.records.access.permissions import records_with_any_right
from library.records.models import Record
from library.records.queryset import RecordQuerySet
from library.vocabularies.models import AdminUnit, EthnicGroup

from .counts import Counts

OWN, COUNTRY = "co-quan", "ca-nuoc"
# The parameters of the public search (search.facets): the address is all that this package knows of it.
SEARCH_TYPE, SEARCH_GROUP, SEARCH_PLACE = "loai", "dan-toc", "noi"


@dataclass(frozen=True, slots=True)
class Scope:
    """``records`` are what is counted, through ``counts``; ``code`` is OWN or COUNTRY."""

    code: str
    label: str
    records: RecordQuerySet
    counts: Counts

    def address(self, *, record_type: str = "", group: EthnicGroup | None = None, place: AdminUnit | None = None) -> str:
        """The list of the counted records of this type, people and place."""
        if self.code == OWN:
            return list_address(record_type=record_type, groups=group and group.pk, province=place and place.pk)
        asked = {SEARCH_TYPE: record_type, SEARCH_GROUP: group and group.slug, SEARCH_PLACE: place and place.pk}
        return reverse("search") + _query(asked)


def scopes(user: Any) -> dict[str, Scope]:
    """What the person may look at, by its code; the first one is what she sees without asking."""
    own = _scope(OWN, str(user.office or _("Tư liệu của tôi")), user, records_with_any_right(user))
    if user.office is not None and user.office.parent_id is None:
        return {OWN: own}
    return {OWN: own, COUNTRY: _scope(COUNTRY, _("Cả nước"), user, Record.objects.visible_to(user.viewer).filter(live=True))}


def list_address(**asked: Any) -> str:
    """The person's list of records with these filters; empty values are left out."""
    return reverse(Record.snippet_viewset.get_url_name("list")) + _query(asked)


def _scope(code: str, label: str, user: Any, records: RecordQuerySet) -> Scope:
    return Scope(code, label, records, Counts(code, user.viewer, records))


def _query(asked: dict[str, Any]) -> str:
    kept = {name: value for name, value in asked.items() if value}
    return f"?{urlencode(kept)}" if kept else ""
