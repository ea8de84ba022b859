"""What a record profile is: a record type, its fields and their labels. Only data classes; ``reading`` makes them from files."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from library.access import COMMUNITY, PUBLIC, STAFF

FIELD_TYPES = ("text", "ml", "long", "number", "url", "term", "ref", "edtf", "rule", "struct", "media")
FIELD_LEVELS = (PUBLIC, COMMUNITY, STAFF)
AUTHORITIES = ("ethnic-group", "subgroup", "admin-unit", "community")  # what a reference may point to, apart from records
ANY_RECORD = "record"
CORE = "core"
PROVINCE = "province"
REVIEW_LEVELS = ("commune", PROVINCE, "ministry")  # levels of offices, from below


class ProfileError(Exception):
    """A profile file has an error; the message names file, line and reason."""

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
        """The label, translated when it is shown, into the language of that reader."""
        return bilingual(self.label_vi, self.label_en)


@dataclass(frozen=True, slots=True)
class Option(Labelled):
    """One option of a short list that is written in the profile."""

    code: str
    label_vi: str
    label_en: str


@dataclass(frozen=True, slots=True)
class Check(Labelled):
    """One thing that a reviewer looks at before approving."""

    label_vi: str
    label_en: str


@dataclass(frozen=True, slots=True)
class Field(Labelled):
    """One field of a profile: its type and rules, and its name in other standards (``dc``: Dublin Core, ``sdo``: schema.org)."""

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
    needs_consent: bool = False  # somebody's own data: readers see it only while a consent holds (records/access/consents.py)
    level: str = PUBLIC
    help_vi: str = ""
    help_en: str = ""
    example_vi: str = ""
    example_en: str = ""
    dc: str = ""
    sdo: tuple[str, ...] = ()
    required_unless: tuple[str, str] | None = None  # (key of another field, its value) with which this field is not required
    line: int = field(default=0, compare=False)

    @property
    def help(self) -> str:
        """One line that says what to write, in the reader's language; empty in a profile that gives none."""
        return bilingual(self.help_vi, self.help_en)

    @property
    def example(self) -> str:
        """What an officer may have written, in the reader's language."""
        return bilingual(self.example_vi, self.example_en)


@dataclass(frozen=True, slots=True)
class Profile(Labelled):
    """One record type and the fields that it adds to the common core."""

    code: str
    label_vi: str
    label_en: str
    fields: tuple[Field, ...]
    serves: tuple[str, ...]
    order: int = 0
    dcmi_type: str = ""
    schema_org: str = ""
    note_vi: str = ""
    note_en: str = ""
    default_access: str = PUBLIC
    media_types: tuple[str, ...] = ()
    serves_line: int = field(default=0, compare=False)
    reviewed_up_to: str = PROVINCE  # the level of office whose approval publishes
    two_people: bool = False  # nobody publishes her own text
    checks: tuple[Check, ...] = ()

    @property
    def note(self) -> str:
        """What the type is for, with an example, in the reader's language."""
        return bilingual(self.note_vi, self.note_en)

    @property
    def block_name(self) -> str:
        """The name of its block in the stored stream, where Wagtail allows no dash."""
        return self.code.replace("-", "_")

    def field(self, key: str) -> Field:
        """The field with that key. Raises KeyError when there is none."""
        return {own.key: own for own in self.fields}[key]


def facet_name(owner: Profile, field: Field) -> str:
    """The name of a facet, unique among all profiles: the key for the core, else ``type_key`` with underscores only."""
    return field.key if owner.code == CORE else f"{owner.code}_{field.key}".replace("-", "_")
