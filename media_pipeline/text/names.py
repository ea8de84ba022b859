"""Finding a row by a part of its name as people type it: with marks or without, in capitals, composed or decomposed.

Large tables keep the folded name in a column of its own (``NameKeyField``), small ones are folded by the database when it is asked
(``name__folded__contains``).
"""

import re
from typing import Any, TypeVar

from django.db import models
from django.db.backends.signals import connection_created
from django.db.models import QuerySet, Transform
from django.dispatch import receiver

from .folding import fold

Rows = TypeVar("Rows", bound=QuerySet[Any])
MOST_WORDS, LONGEST_KEY = 12, 800
#: PostgreSQL's own words for ``fold``: marks away, đ and ƀ as d and b, apostrophes away, hyphens as spaces.
POSTGRESQL = r"translate(regexp_replace(normalize(lower(%(expressions)s), NFD), '[\u0300-\u036f\u1dc4-\u1dff]', '', 'g'), 'đƀ-''’', 'db ')"


class NameKeyField(models.TextField):
    """The folded names of a row, from the fields in ``sources``; written whenever the row is saved."""

    def __init__(self, *args: Any, sources: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.sources = tuple(sources)
        kwargs.setdefault("default", "")
        kwargs.setdefault("editable", False)
        kwargs.setdefault("db_index", True)  # the index alone is read where the whole table would be: 20 instead of 120 ms in 100,000
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"sources": self.sources}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """The key of the names as they are now."""
        key = key_of(getattr(model_instance, source) for source in self.sources)
        setattr(model_instance, self.attname, key)
        return key


def key_of(names: Any) -> str:
    """One key for all names of a row, short enough for an index of PostgreSQL in any script."""
    return " ".join(fold(name) for name in names if name)[:LONGEST_KEY]


def named_like(rows: Rows, typed: str, *columns: str) -> Rows:
    """The rows one of whose columns holds every word that was typed, or a part of a word."""
    for word in fold(typed).split()[:MOST_WORDS]:
        holds = models.Q()
        for column in columns:
            holds |= models.Q(**{f"{column}__contains": word})
        rows = rows.filter(holds)
    return rows


def named_with(rows: Rows, typed: str, *columns: str) -> Rows:
    """The rows one of whose columns has, for every word that was typed, a word that begins with it. For folded columns."""
    for word in fold(typed).split()[:MOST_WORDS]:
        begins = models.Q()
        for column in columns:
            begins |= models.Q(**{f"{column}__regex": rf"(^|\W){re.escape(word)}"})
        rows = rows.filter(begins)
    return rows


class NameFilter:
    """For the search form of a chooser, with a field ``q``: finds rows by their ``name_key``. Wagtail reads the other attributes."""

    cleaned_data: dict[str, Any]
    is_searching = False
    search_query = ""

    def filter(self, rows: Rows) -> Rows:
        """The rows that are listed."""
        self.search_query = self.cleaned_data.get("q", "").strip()
        self.is_searching = bool(self.search_query)
        return named_like(rows, self.search_query, "name_key") if self.is_searching else rows


class Folded(Transform):
    """``fold`` inside the database, for tables of thousands of rows."""

    lookup_name = "folded"
    function = "FOLD_NAME"
    output_field = models.TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Without an extension: PostgreSQL knows Unicode's forms itself since version 13."""
        return self.as_sql(compiler, connection, template=POSTGRESQL, **context)


models.CharField.register_lookup(Folded)
models.TextField.register_lookup(Folded)


@receiver(connection_created)
def give_sqlite_the_function(connection: Any, **kwargs: Any) -> None:
    """SQLite has no functions for Unicode: it borrows ours."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("FOLD_NAME", 1, lambda text: None if text is None else fold(str(text)), deterministic=True)
