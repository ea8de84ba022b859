"""Which records tell of a thing whose name or place changed: their documents hold it."""

from collections.abc import Callable, Iterable

from django.db.models import Q, QuerySet

from library.accounts.models import Office
from library.records.models import Record
from library.records.profiles import Field, all_profiles
from library.vocabularies.models import Term

from ..models import IndexEvent

Kind = IndexEvent.Kind


def _uses(fields: Iterable[Field], vocabulary: str) -> bool:
    return any(field.vocabulary == vocabulary or _uses(field.fields, vocabulary) for field in fields)


def _about_term(pk: int) -> Q:
    """Records in the language of that name, and those whose type has a field of the term's vocabulary: which hold it, their JSON says."""
    vocabulary = Term.objects.filter(pk=pk).values_list("vocabulary__code", flat=True).first()
    types = [
        code for profile in all_profiles() if vocabulary and _uses(profile.fields, vocabulary) for code in (profile.code, *profile.serves)
    ]
    return Q(languages=pk) | Q(record_type__in=types)


def _in_charge_of(pk: int) -> Q:
    """Records of the office and of all offices below it: their documents hold its path."""
    path = Office.objects.filter(pk=pk).values_list("path", flat=True).first()
    return Q(office__path__startswith=path) if path else Q(office=pk)


_ABOUT: dict[str, Callable[[int], Q]] = {
    Kind.GROUP: lambda pk: Q(groups=pk),
    Kind.GROUP_NAME: lambda pk: Q(subgroups=pk),
    Kind.UNIT: lambda pk: Q(places=pk) | Q(former_units=pk) | Q(places__parent=pk) | Q(former_units__parent=pk),
    Kind.COMMUNITY: lambda pk: Q(communities=pk),
    Kind.TERM: _about_term,
    Kind.OFFICE: _in_charge_of,
    Kind.PERSON: lambda pk: Q(people__person=pk),
}


def records_about(kind: str, object_id: int) -> list[int]:
    """Ids of the records, in order."""
    records: QuerySet[Record] = Record.objects.filter(_ABOUT[kind](object_id))
    return list(records.order_by("pk").values_list("pk", flat=True).distinct())
