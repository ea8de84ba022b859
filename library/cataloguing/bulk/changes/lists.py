"""Changes of fields that hold several things: authorities, keywords, people. Things are added, taken out, or replace all."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.snippets.widgets import AdminSnippetChooser

from library.access import Viewer, can_see
from library.records.models import Record, RecordPerson
from media_pipeline.text.cleaning import clean_line

from ...forms.pickers import AuthorityPicker
from .change import ContentChange, Json, form_field

ADD, REMOVE, REPLACE = "add", "remove", "replace"
MODES = {
    ADD: gettext_lazy("Thêm vào những gì đã có"),
    REMOVE: gettext_lazy("Bỏ ra"),
    REPLACE: gettext_lazy("Thay tất cả bằng"),
}
LONGEST_TAG = 100  # the column of its name
SIGNS = {ADD: "+ ", REMOVE: "− ", REPLACE: "= "}


def mode_field(*modes: str) -> forms.ChoiceField:
    """How the chosen things and those that are there go together."""
    return forms.ChoiceField(
        label=gettext_lazy("Cách sửa"), choices=[(mode, MODES[mode]) for mode in modes or MODES], widget=forms.RadioSelect, initial=ADD
    )


def together(now: Sequence[Any], chosen: Sequence[Any], mode: str) -> list[Any]:
    """What is there afterwards, in its order: new things come last."""
    if mode == REPLACE:
        return list(chosen)
    if mode == REMOVE:
        return [each for each in now if each not in chosen]
    return [*now, *(each for each in chosen if each not in now)]


class LinkChange(ContentChange):
    """Links to authorities: peoples, places, languages, warnings."""

    def __init__(self, name: str, heading: Any, kind: str = "") -> None:
        self.link = cast(Any, Record._meta.get_field(name))
        self.kind = kind
        super().__init__(name, self.link.verbose_name, heading)

    def fields(self, user: Any) -> dict[str, forms.Field]:
        widget = AuthorityPicker(self.kind) if self.kind else forms.CheckboxSelectMultiple()
        return {"mode": mode_field(), "chosen": form_field(self.link, label=capfirst(str(self.label)), widget=widget)}

    def value(self, cleaned: Mapping[str, Any]) -> Json:
        return {"mode": cleaned["mode"], "chosen": sorted(thing.pk for thing in cleaned["chosen"])}

    def said(self, value: Json, viewer: Viewer) -> str:
        return SIGNS[value["mode"]] + self.words(value["chosen"], viewer)

    def read_draft(self, draft: Record) -> Json:
        return sorted(thing.pk for thing in getattr(draft, self.code).all())

    def become(self, now: Json, value: Json, record: Record) -> Json:
        return sorted(together(now, value["chosen"], value["mode"]))

    def write_draft(self, draft: Record, to: Json) -> None:
        things = self.link.related_model._default_manager.in_bulk(to)
        if len(things) < len(to):
            raise ValidationError(_("Một mục trong danh mục không còn nữa."))
        getattr(draft, self.code).set(list(things.values()))

    def words(self, read: Json, viewer: Viewer) -> str:
        return ", ".join(sorted(str(thing) for thing in self.link.related_model._default_manager.filter(pk__in=read)))


class TagChange(ContentChange):
    """Free keywords."""

    def fields(self, user: Any) -> dict[str, forms.Field]:
        help_text = _("Cách nhau bằng dấu phẩy.")
        return {"mode": mode_field(), "chosen": forms.CharField(label=self.label, max_length=400, help_text=help_text)}

    def value(self, cleaned: Mapping[str, Any]) -> Json:
        names = [clean_line(name).strip() for name in cleaned["chosen"].replace(";", ",").split(",")]
        chosen = sorted({name for name in names if name})
        if not chosen or any(len(name) > LONGEST_TAG for name in chosen):
            raise ValidationError(_("Mỗi từ khóa dài từ 1 đến %(number)d chữ.") % {"number": LONGEST_TAG})
        return {"mode": cleaned["mode"], "chosen": chosen}

    def said(self, value: Json, viewer: Viewer) -> str:
        return SIGNS[value["mode"]] + self.words(value["chosen"], viewer)

    def keywords(self, value: Json) -> list[str]:
        return list(value["chosen"])

    def read_draft(self, draft: Record) -> Json:
        return sorted(tag.name for tag in draft.tags.all())

    def become(self, now: Json, value: Json, record: Record) -> Json:
        return sorted(together(now, value["chosen"], value["mode"]))

    def write_draft(self, draft: Record, to: Json) -> None:
        draft.tags.set(to)

    def check_writing(self, record: Record, to: Json) -> None:
        """Nothing: no keyword is ever required, and setting one in memory would store it."""

    def words(self, read: Json, viewer: Viewer) -> str:
        return ", ".join(read)


class PeopleChange(ContentChange):
    """A person's part in the records. Rows are compared by role, person and name."""

    def fields(self, user: Any) -> dict[str, forms.Field]:
        visible = Record.objects.visible_to(user.viewer).filter(record_type="person")
        return {
            "mode": mode_field(ADD, REMOVE),
            "role": forms.ChoiceField(label=_("Vai trò"), choices=RecordPerson.Role.choices),
            "person": forms.ModelChoiceField(visible, label=_("Hồ sơ người"), required=False, widget=AdminSnippetChooser(Record)),
            "name": forms.CharField(label=_("Tên, khi chưa có hồ sơ"), max_length=200, required=False),
        }

    def value(self, cleaned: Mapping[str, Any]) -> Json:
        person, name = cleaned.get("person"), cleaned.get("name", "").strip()
        if person is None and not name:
            raise ValidationError(_("Cần tên hoặc hồ sơ của người này."))
        return {"mode": cleaned["mode"], "chosen": [[cleaned["role"], person.pk if person else None, name]]}

    def said(self, value: Json, viewer: Viewer) -> str:
        return SIGNS[value["mode"]] + self.words(value["chosen"], viewer)

    def read_draft(self, draft: Record) -> Json:
        return [_key(row) for row in draft.people.all()]

    def become(self, now: Json, value: Json, record: Record) -> Json:
        return together(now, value["chosen"], value["mode"])

    def write_draft(self, draft: Record, to: Json) -> None:
        """Rows that stay are the same rows."""
        stored = {tuple(_key(row)): row for row in draft.people.all()}
        rows = [stored.get(tuple(each)) or RecordPerson(role=each[0], person_id=each[1], name=each[2]) for each in to]
        for at, row in enumerate(rows):
            row.sort_order = at
        draft.people = rows  # type: ignore[misc]

    def words(self, read: Json, viewer: Viewer) -> str:
        people = Record.objects.select_related("office").in_bulk([person for _role, person, _name in read if person])
        roles = dict(RecordPerson.Role.choices)
        return ", ".join(f"{roles.get(role, role)}: {name or _name_of(people.get(person), viewer)}" for role, person, name in read)


def _key(row: RecordPerson) -> list[Any]:
    return [row.role, row.person_id, row.name]


def _name_of(person: Record | None, viewer: Viewer) -> str:
    return person.title if person is not None and can_see(viewer, person) else _("(tư liệu không mở cho bạn)")
