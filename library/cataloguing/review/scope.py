"""Rows that point to any object by type and key, narrowed to the objects that a person works with."""

from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Case, Exists, OuterRef, Q, QuerySet, When
from django.db.models.functions import Cast

Rows = TypeVar("Rows", bound=QuerySet[Any])


def without_those_outside(rows: Rows, inside: QuerySet[Any], prefix: str = "") -> Rows:
    """The rows without those that point, by content type and key as text, to an object of the model that is not among ``inside``.

    Each row is looked up by its key, so a page of rows costs as many look-ups as it has rows, however many objects there are.
    """
    own_type = Q(**{f"{prefix}content_type": ContentType.objects.get_for_model(inside.model)})
    key = Case(When(own_type, then=Cast(f"{prefix}object_id", output_field=BigIntegerField())))  # keys of other types may be no numbers
    name = f"key_of_{inside.model._meta.model_name}"
    return rows.alias(**{name: key}).exclude(own_type & ~Exists(inside.order_by().filter(pk=OuterRef(name))))
