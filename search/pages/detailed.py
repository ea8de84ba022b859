"""The lists of the detailed search: every people, province, type, language, source and collection, to narrow a search by."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.http import QueryDict

from library.access import Viewer
from library.language.collation import vietnamese_order
from library.presentation.lists.kinds import kind_label
from library.records.profiles import all_profiles
from library.vocabularies.models import AdminUnit, EthnicGroup, Source, Term

from ..asking.within_collection import titles_for
from ..facets import facet_by_param
from ..request import SearchForm


@dataclass(frozen=True, slots=True)
class FilterList:
    """One list: the parameter it sets, its label, its values with their labels in order, and the value that is selected."""

    param: str
    label: str
    options: tuple[tuple[str, str], ...]
    selected: str = ""


def filter_lists(parameters: QueryDict, viewer: Viewer) -> list[FilterList]:
    """The lists in the order of the form, with the selected values of the address; collections only where the reader may see any."""
    provinces = AdminUnit.objects.filter(level=AdminUnit.Level.PROVINCE)
    languages = Term.objects.filter(vocabulary__code="languages")
    cited = Source.objects.exclude(citations=None).distinct()
    lists = [
        _list("loai", ((profile.code, kind_label(profile.code)) for profile in all_profiles())),
        _list("dan-toc", ((group.slug, group.name) for group in EthnicGroup.objects.all())),
        _list("noi", ((str(unit.pk), unit.label) for unit in provinces)),
        _list("tieng", ((term.code, term.label) for term in languages)),
        _list("nguon", ((str(source.pk), source.title) for source in cited)),
    ]
    if collections := titles_for(viewer):
        lists.append(FilterList("bo", str(SearchForm.base_fields["bo"].label), _ordered(collections.items())))
    return [replace(filter_list, selected=parameters.get(filter_list.param, "")) for filter_list in lists]


def _list(param: str, options: Iterable[tuple[str, str]]) -> FilterList:
    facet = facet_by_param(param)
    assert facet is not None, param
    return FilterList(param, str(facet.label), _ordered(options))


def _ordered(options: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(options, key=lambda option: vietnamese_order(option[1])))
