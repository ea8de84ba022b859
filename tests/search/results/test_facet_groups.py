"""Facets of a page: what is read for them does not grow with the collection."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.http import QueryDict

from search.facets import Facet
from search.request import SearchRequest
from search.results import facet_groups as module
from search.results.addresses import Address
from search.results.facet_groups import LABELLED, MOST_OTHER_VALUES, facet_groups


def test_only_the_commonest_of_thousands_of_values_are_given_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def labels(values: Any) -> dict[str, str]:
        asked.extend(values)
        return {value: f"giá trị {value}" for value in values}

    monkeypatch.setattr(module, "offered_facets", lambda types: [Facet("practice", "thuc-hanh", "Thực hành", labels)])
    counts = {str(number): number for number in range(1, 5001)}
    result: Any = SimpleNamespace(facets={"practice": counts}, total=5000)
    (group,) = facet_groups(result, SearchRequest(facets={"practice": ("7",)}), Address(QueryDict("")))
    assert len(asked) <= LABELLED * MOST_OTHER_VALUES + 1
    assert [value.value for value in group.values[:3]] == ["7", "5000", "4999"]
    assert (len(group.values), group.has_more) == (MOST_OTHER_VALUES, True)
