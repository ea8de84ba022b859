"""Reads one YAML file as a record profile. An error in the file raises ProfileError with file name, line and reason."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

import yaml
from django.utils.translation import gettext as _

from library.access import LEVELS, PUBLIC
from library.vocabularies.loading.terms import VOCABULARIES

from .schema import FIELD_LEVELS, FIELD_TYPES, PROVINCE, REVIEW_LEVELS, Check, Field, Option, Profile, ProfileError

DCMI_TYPES = ("Collection", "Event", "Image", "InteractiveResource", "MovingImage", "PhysicalObject", "Sound", "StillImage", "Text")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C where PyYAML has libyaml: every process reads the profiles at its start
FLAGS = ("many", "required", "facet", "searchable", "needs_consent")
REQUIRED_ENTRY = {
    "ref": "to",
    "struct": "fields",
}  # field type → its required entry; "term" needs one of two
ENTRY_OF_TYPE = {"to": "ref", "fields": "struct", "vocabulary": "term", "options": "term"}  # entry → the only field type that may have it


def read_profile(path: Path) -> Profile:
    """The profile that a YAML file declares. Raises ProfileError."""
    try:
        root = yaml.compose(path.read_text("utf-8"), Loader=LOADER)
    except UnicodeDecodeError as error:
        raise ProfileError(path.name, path.read_bytes()[: error.start].count(b"\n") + 1, _("chữ không phải UTF-8")) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise ProfileError(path.name, mark.line + 1 if mark else 1, str(error.problem)) from error
    except yaml.reader.ReaderError as error:
        raise ProfileError(path.name, 1, str(error.reason)) from error
    if root is None:
        raise ProfileError(path.name, 1, _("tệp trống"))
    return _profile(_Part(path.name, root), path.stem)


class _Part:
    """A node of the YAML file with its place in the file, so that every error can name the line."""

    def __init__(self, file: str, node: yaml.Node) -> None:
        self.file, self.node = file, node

    @property
    def line(self) -> int:
        return int(self.node.start_mark.line) + 1

    def fail(self, reason: str) -> NoReturn:
        raise ProfileError(self.file, self.line, reason)

    def mapping(self, required: Sequence[str], optional: Sequence[str] = ()) -> Mapping[str, "_Part"]:
        """The entries of a mapping. Raises ProfileError for an unknown, a repeated or a missing entry."""
        if not isinstance(self.node, yaml.MappingNode):
            self.fail(_("cần một bảng khóa: giá trị"))
        entries: dict[str, _Part] = {}
        for key_node, value in self.node.value:
            key, here = str(key_node.value), _Part(self.file, key_node)
            if key in entries:
                here.fail(_("“%(key)s” viết hai lần") % {"key": key})
            if key not in required and key not in optional:
                here.fail(_("không có mục “%(key)s”") % {"key": key})
            entries[key] = _Part(self.file, value)
        for key in required:
            if key not in entries:
                self.fail(_("thiếu mục “%(key)s”") % {"key": key})
        return entries

    def items(self) -> list["_Part"]:
        if not isinstance(self.node, yaml.SequenceNode):
            self.fail(_("cần một danh sách"))
        return [_Part(self.file, node) for node in self.node.value]

    def text(self) -> str:
        if not isinstance(self.node, yaml.ScalarNode) or not self.node.value.strip():
            self.fail(_("cần một giá trị"))
        return str(self.node.value)

    def one_of(self, values: Sequence[str]) -> str:
        value = self.text()
        if value not in values:
            self.fail(_("“%(value)s” không thuộc: %(known)s") % {"value": value, "known": ", ".join(values)})
        return value

    def name(self, pattern_extra: str = "") -> str:
        value = self.text()
        if not value.replace(pattern_extra, "_").isidentifier() or value != value.lower():
            self.fail(_("“%(value)s” không dùng làm mã được: chỉ chữ thường không dấu, số và gạch") % {"value": value})
        return value

    def texts(self) -> tuple[str, ...]:
        """One value or a list of values."""
        return tuple(item.text() for item in self.items()) if isinstance(self.node, yaml.SequenceNode) else (self.text(),)

    def flag(self) -> bool:
        return self.one_of(("true", "false")) == "true"

    def whole_number(self) -> int:
        value = self.text()
        return int(value) if value.isdigit() else self.fail(_("cần một số nguyên"))


def _labels(part: _Part) -> tuple[str, str]:
    entries = part.mapping(("vi", "en"))
    return entries["vi"].text(), entries["en"].text()


def _profile(part: _Part, stem: str) -> Profile:
    optional = ("note", "order", "serves", "dcmi_type", "schema_org", "default_access", "media_types", "review")
    entries = part.mapping(("code", "label", "fields"), optional)
    code = entries["code"].name("-")
    if code != stem:
        entries["code"].fail(_("mã “%(code)s” phải trùng tên tệp “%(stem)s”") % {"code": code, "stem": stem})
    label_vi, label_en = _labels(entries["label"])
    note_vi, note_en = _labels(entries["note"]) if "note" in entries else ("", "")
    return Profile(
        code=code,
        label_vi=label_vi,
        label_en=label_en,
        fields=_fields(entries["fields"]),
        note_vi=note_vi,
        note_en=note_en,
        serves=entries["serves"].texts() if "serves" in entries else (code,),
        order=entries["order"].whole_number() if "order" in entries else 0,
        dcmi_type=entries["dcmi_type"].one_of(DCMI_TYPES) if "dcmi_type" in entries else "",
        schema_org=entries["schema_org"].text() if "schema_org" in entries else "",
        default_access=entries["default_access"].one_of(LEVELS[:-1]) if "default_access" in entries else PUBLIC,
        media_types=entries["media_types"].texts() if "media_types" in entries else (),
        serves_line=entries["serves"].line if "serves" in entries else 0,
        **(_review(entries["review"]) if "review" in entries else {}),
    )


def _review(part: _Part) -> dict[str, Any]:
    """What the type asks of its review."""
    entries = part.mapping((), ("up_to", "two_people", "checks"))
    return {
        "reviewed_up_to": entries["up_to"].one_of(REVIEW_LEVELS) if "up_to" in entries else PROVINCE,
        "two_people": entries["two_people"].flag() if "two_people" in entries else False,
        "checks": tuple(Check(*_labels(item)) for item in entries["checks"].items()) if "checks" in entries else (),
    }


def _fields(part: _Part) -> tuple[Field, ...]:
    fields: dict[str, Field] = {}
    for item in part.items():
        field = _field(item)
        if field.key in fields:
            item.fail(_("trường “%(key)s” có hai lần") % {"key": field.key})
        fields[field.key] = field
    return tuple(fields.values())


def _field(part: _Part) -> Field:
    optional = (*FLAGS, *ENTRY_OF_TYPE, "help", "example", "level", "dc", "sdo", "required_unless")
    entries = part.mapping(("key", "label", "type"), optional)
    kind = entries["type"].one_of(FIELD_TYPES)
    _check_shape(part, entries, kind)
    _check_consent(entries)
    label_vi, label_en = _labels(entries["label"])
    help_vi, help_en = _labels(entries["help"]) if "help" in entries else ("", "")
    example_vi, example_en = _labels(entries["example"]) if "example" in entries else ("", "")
    return Field(
        key=entries["key"].name(),
        label_vi=label_vi,
        label_en=label_en,
        help_vi=help_vi,
        help_en=help_en,
        example_vi=example_vi,
        example_en=example_en,
        type=kind,
        vocabulary=entries["vocabulary"].one_of([file.code for file in VOCABULARIES]) if "vocabulary" in entries else "",
        options=_options(entries["options"]) if "options" in entries else (),
        targets=entries["to"].texts() if "to" in entries else (),
        fields=_fields(entries["fields"]) if "fields" in entries else (),
        level=entries["level"].one_of(FIELD_LEVELS) if "level" in entries else PUBLIC,
        dc=entries["dc"].text() if "dc" in entries else "",
        sdo=entries["sdo"].texts() if "sdo" in entries else (),
        required_unless=_exception(entries["required_unless"]) if "required_unless" in entries else None,
        line=part.line,
        **{flag: entries[flag].flag() for flag in FLAGS if flag in entries},
    )


def _check_shape(part: _Part, entries: Mapping[str, Any], kind: str) -> None:
    for entry, owner in ENTRY_OF_TYPE.items():
        if entry in entries and kind != owner:
            entries[entry].fail(_("mục “%(entry)s” chỉ dùng cho kiểu “%(type)s”") % {"entry": entry, "type": owner})
    required = REQUIRED_ENTRY.get(kind)
    if required and required not in entries:
        part.fail(_("kiểu “%(type)s” cần mục “%(entry)s”") % {"type": kind, "entry": required})
    if kind == "term" and ("vocabulary" in entries) == ("options" in entries):
        part.fail(_("kiểu “term” cần hoặc “vocabulary” hoặc “options”, không cả hai"))


def _check_consent(entries: Mapping[str, Any]) -> None:
    """What needs a consent is in no index: it would have to leave there at once when the consent is withdrawn."""
    if "needs_consent" in entries:
        for entry in ("facet", "searchable"):
            if entry in entries:
                entries[entry].fail(_("trường cần có sự đồng ý thì không tìm theo và không lọc theo được"))


def _exception(part: _Part) -> tuple[str, str]:
    entries = part.mapping(("field", "is"))
    return entries["field"].text(), entries["is"].text()


def _options(part: _Part) -> tuple[Option, ...]:
    options: dict[str, Option] = {}
    for item in part.items():
        entries = item.mapping(("code", "vi", "en"))
        option = Option(entries["code"].text(), entries["vi"].text(), entries["en"].text())
        if option.code in options:
            item.fail(_("lựa chọn “%(code)s” có hai lần") % {"code": option.code})
        options[option.code] = option
    return tuple(options.values())
