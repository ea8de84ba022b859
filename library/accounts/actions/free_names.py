"""Short names made of long ones: login names, codes of offices, slugs of communities. Each is made once and is free."""

from itertools import count
from typing import Any

from django.db.models import QuerySet

from media_pipeline.text.folding import fold


def hyphenated(name: str) -> str:
    """``Giàng A Páo`` → ``giang-a-pao``; empty for a name without a Latin letter or a digit."""
    return "-".join("".join(letter if letter.isascii() and letter.isalnum() else " " for letter in fold(name)).split())


def first_free(base: str, rows: QuerySet[Any], column: str) -> str:
    """The base, or with the first number, from 2 on, that no row has."""
    used = set(rows.filter(**{f"{column}__startswith": base}).values_list(column, flat=True))
    return next(name for number in count(1) if (name := base if number == 1 else f"{base}-{number}") not in used)
