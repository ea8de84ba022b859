"""The lists of the detailed search: every people, province, type, language and source, chosen by name as facets."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.http import QueryDict

from library.access import Viewer
from library.language.collation import vietnamese_order
from library.pages.presentation.lists.kinds import kind_label
from library.records.profiles import all_profiles
from library.vocabularies.models import AdminUnit, EthnicGroup, Source, Term

from ..asking.within_collection import titles_for
from ..facets import facet_by_param
from ..forms import SearchForm


@dataclass(frozen=True, slots=True)
class ChosenList:
    """One list: the parameter it sets, its label, values with their labels in order, and the value that is chosen."""

    param: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str = ""


def chosen_lists(parameters: QueryDict, viewer: Viewer) -> list[ChosenList]:
    """The lists in the order of the form, each at what the address says; that of the collections where the reader may see any."""
    provinces = AdminUnit.objects.filter(level=AdminUnit.Level.PROVINCE)
    languages = Term.objects.filter(vocabulary__code="languages")
    cited = Source.objects.exclude(citations=None).distinct()
    lists = [
        _list("loai", ((each.code, kind_label(each.code)) for each in all_profiles())),
        _list("dan-toc", ((group.slug, group.name) for group in EthnicGroup.objects.all())),
        _list("noi", ((str(unit.pk), unit.label) for unit in provinces)),
        _list("tieng", ((term.code, term.label) for term in languages)),
        _list("nguon", ((str(source.pk), source.title) for source in cited)),
    ]
    if collections := titles_for(viewer):
        lists.append(ChosenList("bo", str(SearchForm.base_fields["bo"].label), _ordered(collections.items())))
    return [replace(each, chosen=parameters.get(each.param, "")) for each in lists]


def _list(param: str, options: Iterable[tuple[str, str]]) -> ChosenList:
    facet = facet_by_param(param)
    assert facet is not None, param
    return ChosenList(param, str(facet.label), _ordered(options))


def _ordered(options: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(options, key=lambda option: vietnamese_order(option[1])))
