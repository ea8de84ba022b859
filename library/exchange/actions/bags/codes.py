"""The rows of this library that the codes of a bag mean, read once."""

from functools import cached_property
from typing import Any

from library.accounts.models import Community
from library.vocabularies.models import AdminUnit, EthnicGroup, GroupName, Source, Term

from ...gathering.content import subgroup_code, unit_code


class UnknownCodeError(Exception):
    """This library has no row with the code."""


class Codes:
    """Code → key, for each kind of row that a record points to."""

    def key(self, kind: str, code: Any) -> int:
        """``kind`` is a table ("groups", "units" …) or a vocabulary. Raises UnknownCodeError."""
        table = self._tables.get(kind)
        found = self.terms.get((kind, str(code))) if table is None else table.get(str(code))
        if found is None:
            raise UnknownCodeError(f"{kind}: {code}")
        return found

    @cached_property
    def _tables(self) -> dict[str, dict[str, int]]:
        return {
            "groups": dict(EthnicGroup.objects.values_list("code", "pk")),
            "subgroups": {subgroup_code(name): name.pk for name in GroupName.objects.select_related("group")},
            "communities": dict(Community.objects.values_list("slug", "pk")),
            "units": {unit_code(unit): unit.pk for unit in AdminUnit.objects.only("level", "code", "valid_from").iterator(2_000)},
            "sources": dict(Source.objects.values_list("code", "pk")),
        }

    @cached_property
    def terms(self) -> dict[tuple[str, str], int]:
        rows = Term.objects.values_list("vocabulary__code", "code", "pk", "merged_into")
        return {(vocabulary, code): new or pk for vocabulary, code, pk, new in rows}
