"""The authorities by every way of writing them, read once for many rows."""

from collections import defaultdict
from functools import cached_property
from unicodedata import normalize

from library.access import Viewer
from library.accounts.models import Office
from library.records.written_languages import tag_of
from library.vocabularies.models import EthnicGroup, GroupName, Source
from library.vocabularies.spellings import Spelling, spellings
from media_pipeline.text.folding import fold

from ..columns.column import Column
from ..columns.table import options_of
from .places import Places


def exact(text: str) -> str:
    """Lower case in NFC, with one kind of apostrophe: marks still count."""
    return " ".join(normalize("NFC", text).lower().replace("’", "'").split())


class Lookups:
    """All that cells may name, for the rows of one office. ``files``: names of the files beside the table; ``viewer``: the person."""

    def __init__(self, office: Office, files: list[str], viewer: Viewer) -> None:
        self.office, self.viewer = office, viewer
        self._tags: dict[str, str] = {}
        self._options: dict[str, dict[str, tuple[str, str]]] = {}
        self.files: dict[str, list[str]] = defaultdict(list)
        for name in files:
            self.files[_file_key(name)].append(name)

    @cached_property
    def places(self) -> Places:
        return Places(self.office)

    @cached_property
    def sources(self) -> dict[str, int]:
        return {exact(code): pk for pk, code in Source.objects.values_list("pk", "code")}

    @cached_property
    def group_labels(self) -> dict[int, str]:
        return dict(EthnicGroup.objects.values_list("pk", "name_vi"))

    @cached_property
    def group_names(self) -> tuple[dict[str, set[tuple[int, int]]], ...]:
        """Name → (group, subgroup or 0), surest first: official names with marks, without; every known spelling with marks, without."""
        tables: tuple[dict[str, set[tuple[int, int]]], ...] = tuple(defaultdict(set) for _table in range(4))
        for pk, *names in EthnicGroup.objects.values_list("pk", "name_vi", "name_en", "name_1979"):
            for name in filter(None, names):
                tables[0][exact(name)].add((pk, 0))
                tables[1][fold(name)].add((pk, 0))
        subgroups = GroupName.objects.values_list("pk", "group_id", "name", "kind", "display")
        for pk, group, name, kind, display in subgroups:
            subgroup = pk if kind == GroupName.Kind.SUBGROUP and display else 0
            tables[2][exact(name)].add((group, subgroup))
            tables[3][fold(name)].add((group, subgroup))
        return tables

    @cached_property
    def terms(self) -> dict[str, dict[str, tuple[int, str]]]:
        """Vocabulary → folded code or label → (key, label)."""
        terms: dict[str, dict[str, tuple[int, str]]] = defaultdict(dict)
        for each in self._spellings:
            terms[each.vocabulary].setdefault(fold(each.written), (each.key, each.label))
        return terms

    @cached_property
    def _spellings(self) -> list[Spelling]:
        return list(spellings())

    def options(self, column: Column) -> dict[str, tuple[str, str]]:
        """Folded code or label → (code, label) of what a column may hold."""
        if column.key not in self._options:
            labels = dict(options_of(column))
            options = {fold(words): (code, label) for code, label in labels.items() for words in (label, code)}
            vocabulary = column.field.vocabulary if column.field is not None else ""
            for each in self._spellings if vocabulary else ():
                if each.vocabulary == vocabulary and each.code in labels:
                    options.setdefault(fold(each.written), (each.code, labels[each.code]))
            self._options[column.key] = options
        return self._options[column.key]

    def language(self, words: str) -> str:
        """The tag of a language. Raises ValueError or ValidationError for what is none."""
        if words not in self._tags:
            self._tags[words] = tag_of(words)
        return self._tags[words]

    def file(self, typed: str) -> list[str]:
        """The files with that name: with its folder or without, in any letters, with or without its ending."""
        key = _file_key(typed)
        if key in self.files:
            return self.files[key]
        ending = f"/{key}"
        return [name for known, names in self.files.items() for name in names if known.endswith(ending) or _stem(known) == key]


def _file_key(name: str) -> str:
    return normalize("NFC", name).replace("\\", "/").strip().casefold()


def _stem(key: str) -> str:
    return key.rpartition("/")[2].rpartition(".")[0]
