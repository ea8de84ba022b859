"""The search of an admin list that finds names as people type them: with marks or without, in capitals, composed or decomposed."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from media_pipeline.text.names import named_like


class FoldedSearch:
    """Mixin of a list of thousands of rows: the database folds the columns of ``search_fields`` when it is asked."""

    search_fields: Iterable[str]
    is_searching: bool
    search_query: str

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Every word has to be in one of the columns."""
        columns = sorted(f"{field}__folded" for field in self.search_fields)
        return named_like(queryset, self.search_query, *columns) if self.is_searching else queryset
