"""The record types: one profile a file in collections/profiles, read once and again only when told to."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from library.access import PUBLIC

from .display import DisplayRow, Shown, display_rows
from .reading import read_profile
from .schema import ANY_RECORD, AUTHORITIES, CORE, Field, Option, Profile, ProfileError, facet_name
from .values import SEES, csv_columns, facet_source, facet_values, missing_required, ref_model, searchable_text

__all__ = [
    "DisplayRow",
    "FacetField",
    "Field",
    "Option",
    "Profile",
    "ProfileError",
    "Shown",
    "all_profiles",
    "check_profiles",
    "core_profile",
    "csv_columns",
    "display_rows",
    "facet_values",
    "facets",
    "missing_required",
    "profile",
    "reload_profiles",
    "searchable_text",
]


@dataclass(frozen=True, slots=True)
class FacetField:
    """A field that readers filter by. ``name`` is unique over all profiles; ``options`` are given for short lists, ``model``
    for references.
    """

    name: str
    label: str
    vocabulary: str
    multiple: bool
    profile: str
    key: str
    options: tuple[Option, ...] = ()
    model: str = ""


def all_profiles() -> tuple[Profile, ...]:
    """Every type of record, in the order in which people are offered them; the core is not one."""
    return tuple(each for each in _by_code().values() if each.code != CORE)


def core_profile() -> Profile:
    """The fields every record has; they are columns and rows of the record."""
    return _by_code()[CORE]


def profile(code: str) -> Profile:
    """The profile of a type, by its own code or one it serves (``instrument`` → product). Raises KeyError."""
    return _by_served_code()[code]


def facets(level: str = PUBLIC) -> list[FacetField]:
    """What readers of a level filter by: the facets of the core, then those of each type, named ``type_field``."""
    return [
        _facet(owner, field)
        for owner in (core_profile(), *all_profiles())
        for field in owner.fields
        if field.facet and field.level in SEES[level]
    ]


def _facet(owner: Profile, field: Field) -> FacetField:
    source = facet_source(field)
    vocabulary = "calendars" if source.type == "rule" else source.vocabulary
    model = ref_model(source) if source.type == "ref" else ""
    return FacetField(facet_name(owner, field), field.label, vocabulary, field.many, owner.code, field.key, source.options, model)


def check_profiles() -> None:
    """Raises ProfileError for the first fault of any profile; called at start-up so that none is served."""
    _by_served_code()


def reload_profiles() -> None:
    """Forget what was read: the next question reads the folder again."""
    _by_code.cache_clear()
    _by_served_code.cache_clear()


@cache
def _by_code() -> dict[str, Profile]:
    folder: Path = settings.COLLECTIONS_DIR / "profiles"
    found = [read_profile(path) for path in sorted(folder.glob("*.yaml"))]
    codes = {each.code for each in found}
    if CORE not in codes:
        raise ProfileError(f"{CORE}.yaml", 0, _("thiếu tệp này"))
    for each in found:
        for field in _with_subfields(each.fields):
            unknown = set(field.targets) - codes - {*AUTHORITIES, ANY_RECORD}
            if unknown:
                reason = _("trường “%(key)s” trỏ tới loại không có: %(types)s") % {"key": field.key, "types": ", ".join(sorted(unknown))}
                raise ProfileError(f"{each.code}.yaml", field.line, reason)
    return {each.code: each for each in sorted(found, key=lambda each: (each.order, each.code))}


@cache
def _by_served_code() -> dict[str, Profile]:
    served = dict(_by_code())
    for each in _by_code().values():
        for code in each.serves:
            other = served.setdefault(code, each)
            if other is not each:
                reason = _("“%(code)s” đã do hồ sơ “%(other)s” phụ trách") % {"code": code, "other": other.code}
                raise ProfileError(f"{each.code}.yaml", each.serves_line, reason)
    return served


def _with_subfields(fields: tuple[Field, ...]) -> Iterator[Field]:
    for field in fields:
        yield field
        yield from _with_subfields(field.fields)
