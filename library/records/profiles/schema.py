"""What a record profile is: a type of record, its fields and their labels. Values only; profile_reading makes them from files."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from library.access import COMMUNITY, PUBLIC, STAFF

FIELD_TYPES = ("text", "ml", "long", "number", "url", "term", "ref", "edtf", "rule", "struct", "media")
FIELD_LEVELS = (PUBLIC, COMMUNITY, STAFF)
AUTHORITIES = ("ethnic-group", "subgroup", "admin-unit", "community")  # what a ref may point to beside records
ANY_RECORD = "record"
CORE = "core"


class ProfileError(Exception):
    """A profile is malformed; the message names file, line and reason."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        self.file, self.line, self.reason = file, line, reason
        super().__init__(_("Hồ sơ %(file)s, dòng %(line)s: %(reason)s") % {"file": file, "line": line, "reason": reason})


def _in_reader_language(vi: str, en: str) -> str:
    return en if get_language() == "en" else vi


bilingual: Callable[[str, str], str] = lazy(_in_reader_language, str)


class Labelled:
    """Something with a Vietnamese and an English label."""

    __slots__ = ()
    label_vi: str
    label_en: str

    @property
    def label(self) -> str:
        """The label in the language of whoever reads it, when they read it."""
        return bilingual(self.label_vi, self.label_en)


@dataclass(frozen=True, slots=True)
class Option(Labelled):
    """One choice of a short list kept in the profile."""

    code: str
    label_vi: str
    label_en: str


@dataclass(frozen=True, slots=True)
class Field(Labelled):
    """One field of a profile: what it holds, what is asked of it, and how other standards call it."""

    key: str
    label_vi: str
    label_en: str
    type: str
    many: bool = False
    vocabulary: str = ""
    options: tuple[Option, ...] = ()
    targets: tuple[str, ...] = ()
    fields: tuple["Field", ...] = ()
    required: bool = False
    facet: bool = False
    searchable: bool = False
    level: str = PUBLIC
    dc: str = ""
    sdo: tuple[str, ...] = ()
    required_unless: tuple[str, str] | None = None  # (key of another field, its value) that lifts the requirement
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Profile(Labelled):
    """One type of record and the fields it adds to the common core."""

    code: str
    label_vi: str
    label_en: str
    fields: tuple[Field, ...]
    serves: tuple[str, ...]
    order: int = 0
    dcmi_type: str = ""
    schema_org: str = ""
    default_access: str = PUBLIC
    media_types: tuple[str, ...] = ()
    serves_line: int = field(default=0, compare=False)

    @property
    def block_name(self) -> str:
        """What its block is called in the stored stream: Wagtail allows no dash there."""
        return self.code.replace("-", "_")

    def field(self, key: str) -> Field:
        """The field of that key. Raises KeyError when the profile has none."""
        for each in self.fields:
            if each.key == key:
                return each
        raise KeyError(key)


def facet_name(owner: Profile, field: Field) -> str:
    """The name of a facet, unique over all profiles: the key for the core, else ``type_key`` with underscores only."""
    return field.key if owner.code == CORE else f"{owner.code}_{field.key}".replace("-", "_")
