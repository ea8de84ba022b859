"""The query set of records. Every page reads records through ``visible_to``."""

from typing import TypeVar

from django.apps import apps
from django.db import models

from library.access import COMMUNITY, Viewer, visible_to

RecordT = TypeVar("RecordT", bound=models.Model)  # the model itself stands above: it imports this file


class RecordQuerySet(models.QuerySet[RecordT]):
    """Records, filtered by the access rule and fetched with what a page needs."""

    def visible_to(self, viewer: Viewer) -> "RecordQuerySet[RecordT]":
        """Only the records that the reader may see. Every page and interface starts here."""
        return self.filter(visible_to(viewer))

    def counted_for_outsiders(self) -> "RecordQuerySet[RecordT]":
        """The records of which outsiders may know how many there are: open to communities each of which allows that to be said."""
        # Two steps: in one, the second condition would ask the same community as the first.
        told = self.filter(live=True, access_level=COMMUNITY, communities__tells_closed_count=True)
        return told.exclude(communities__tells_closed_count=False).distinct()

    def listed(self) -> "RecordQuerySet[RecordT]":
        """With all that a line of a list shows, in a fixed number of queries."""
        return self.select_related("office", "rights").prefetch_related("groups", "places").with_files()  # type: ignore[misc]

    def with_files(self) -> "RecordQuerySet[RecordT]":
        """With the links to files and the files themselves, in one query."""
        files = apps.get_model("records", "RecordMedia").objects.select_related("asset")
        return self.prefetch_related(models.Prefetch("media", queryset=files))

    def described(self) -> "RecordQuerySet[RecordT]":
        """With all that a record page, an index document or an export shows."""
        return self.listed().prefetch_related(  # type: ignore[misc]
            "subgroups",
            "communities",
            "former_units",
            "languages",
            "scripts",
            "unesco_domains",
            "warnings",
            "texts",
            "dates__calendar",
            "people__person",
            "sources__source",
            "labels__label",
            "relations__target",
            "incoming_relations__record",
            "tags",
        )
