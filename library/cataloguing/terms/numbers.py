"""How many records use terms, as one person sees them: the list of records with the filter by that term shows as many."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count
from django.urls import reverse

from library.records.access.permissions import records_with_any_right
from library.records.models import TermUse
from library.vocabularies.models import Term


def numbers_of_records(terms: Iterable[Term], user: Any) -> dict[int, int]:
    """Key of each term → records that use it and that the staff's list shows this person; in one query."""
    uses = TermUse.objects.filter(term__in=[term.pk for term in terms], record__in=records_with_any_right(user).order_by())
    return dict(uses.order_by().values_list("term").annotate(number=Count("pk")))


def records_url(term: Term) -> str:
    """The staff's list of the records that use the term."""
    return f"{reverse('wagtailsnippets_records_record:list')}?term={term.pk}"
