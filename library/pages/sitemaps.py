"""The sitemaps: the pages that everyone may see, in both languages."""

from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from library.access import ANONYMOUS
from library.records.models import Record
from library.vocabularies.models import EthnicGroup

from . import queries
from .authorities import provinces


class BothLanguages(Sitemap):
    """Vietnamese and English addresses, each naming the other."""

    i18n = True
    alternates = True
    x_default = False
    limit = 5000


class EntryPageSitemap(BothLanguages):
    """The pages that lead to all others."""

    def items(self) -> list[str]:
        """Names of pages."""
        return ["home", "groups", "provinces", "festivals", "records"]

    def location(self, item: str) -> str:
        return reverse(item)


class GroupSitemap(BothLanguages):
    """The portals of the groups."""

    def items(self) -> QuerySet[EthnicGroup]:
        """All groups."""
        return EthnicGroup.objects.all()

    def location(self, item: EthnicGroup) -> str:
        return reverse("group", args=[item.slug])


class ProvinceSitemap(BothLanguages):
    """The pages of the provinces."""

    def items(self) -> list[str]:
        """Slugs."""
        return list(provinces().values_list("slug", flat=True))

    def location(self, item: str) -> str:
        return reverse("province", args=[item])


class RecordSitemap(BothLanguages):
    """The records that everyone may see."""

    def items(self) -> QuerySet[Record]:
        """Oldest first, so that the pages of the sitemap stay the same when records are added."""
        return queries.visible_records(ANONYMOUS).only("identifier", "last_published_at").order_by("pk")

    def lastmod(self, item: Record) -> datetime | None:
        return item.last_published_at


SITEMAPS: "dict[str, type[Sitemap[Any]] | Sitemap[Any]]" = {
    "trang": EntryPageSitemap,
    "dan-toc": GroupSitemap,
    "tinh": ProvinceSitemap,
    "ban-ghi": RecordSitemap,
}
