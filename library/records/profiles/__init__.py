"""The record types. Each is a profile, a file of collections/profiles; the files are read once, and again after ``reload_profiles``."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from library.access import PUBLIC

from .display import DisplayRow, DisplayValue, display_rows
from .reading import read_profile
from .schema import ANY_RECORD, AUTHORITIES, CORE, Field, Option, Profile, ProfileError, facet_name
from .values import VISIBLE_LEVELS, csv_columns, facet_source, facet_values, missing_required, ref_model, searchable_terms, searchable_text

__all__ = [
    "DisplayRow",
    "DisplayValue",
    "FacetField",
    "Field",
    "Option",
    "Profile",
    "ProfileError",
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
    "searchable_terms",
    "searchable_text",
]


@dataclass(frozen=True, slots=True)
class FacetField:
    """A field that readers filter by. ``name`` is unique among all profiles.

    ``options`` is set for short lists, ``model`` (as ``app.Model``) for references.
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
    """The profiles of all types, in the order of menus and forms; without the core."""
    return tuple(profile for profile in _by_code().values() if profile.code != CORE)


def core_profile() -> Profile:
    """The fields that every record has; they are columns and child rows of the record."""
    return _by_code()[CORE]


def profile(code: str) -> Profile:
    """The profile of a record type, by its own code or by a code that it serves (``instrument`` → product). Raises KeyError."""
    return _by_served_code()[code]


@cache
def facets(level: str = PUBLIC) -> tuple[FacetField, ...]:
    """The facets that readers of an access level may use: those of the core, then those of each type, named ``type_field``."""
    return tuple(
        _facet(owner, field)
        for owner in (core_profile(), *all_profiles())
        for field in owner.fields
        if field.facet and field.level in VISIBLE_LEVELS[level]
    )


def _facet(owner: Profile, field: Field) -> FacetField:
    source = facet_source(field)
    vocabulary = "calendars" if source.type == "rule" else source.vocabulary
    model = ref_model(source) if source.type == "ref" else ""
    return FacetField(facet_name(owner, field), field.label, vocabulary, field.many, owner.code, field.key, source.options, model)


def check_profiles() -> None:
    """Raises ProfileError for the first error in a profile. Called at start, so that no site runs with a wrong profile."""
    _by_served_code()


def reload_profiles() -> None:
    """Clears the cache; the next call reads the files again."""
    for cached in (_by_code, _by_served_code, facets):
        cached.cache_clear()


@cache
def _by_code() -> dict[str, Profile]:
    folder: Path = settings.COLLECTIONS_DIR / "profiles"
    profiles = [read_profile(path) for path in sorted(folder.glob("*.yaml"))]
    codes = {profile.code for profile in profiles}
    if CORE not in codes:
        raise ProfileError(f"{CORE}.yaml", 0, _("thiếu tệp này"))
    for profile in profiles:
        for field in _with_subfields(profile.fields):
            unknown = set(field.targets) - codes - {*AUTHORITIES, ANY_RECORD}
            if unknown:
                reason = _("trường “%(key)s” trỏ tới loại không có: %(types)s") % {"key": field.key, "types": ", ".join(sorted(unknown))}
                raise ProfileError(f"{profile.code}.yaml", field.line, reason)
    return {profile.code: profile for profile in sorted(profiles, key=lambda profile: (profile.order, profile.code))}


@cache
def _by_served_code() -> dict[str, Profile]:
    by_served_code = dict(_by_code())
    for profile in _by_code().values():
        for code in profile.serves:
            other = by_served_code.setdefault(code, profile)
            if other is not profile:
                reason = _("“%(code)s” đã do hồ sơ “%(other)s” phụ trách") % {"code": code, "other": other.code}
                raise ProfileError(f"{profile.code}.yaml", profile.serves_line, reason)
    return by_served_code


def _with_subfields(fields: tuple[Field, ...]) -> Iterator[Field]:
    for field in fields:
        yield field
        yield from _with_subfields(field.fields)
