"""What the buttons of a table do. Every press first keeps the captions and titles that stand in the form."""

import re
from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from library.vocabularies.models import AdminUnit

from ..access import tables_of
from ..actions import additions, arrange, records
from ..models import LightTable, PhotographGroup
from ..presentation.table import Section, view_of

SHORTEST, USUAL, LONGEST = 1, 30, 24 * 60  # minutes between two records
KEY = re.compile(r"[0-9]{1,18}")
UNSORTED = "none"


class Press:
    """One press of a button: the table, the person, what is ticked and typed."""

    def __init__(self, request: HttpRequest, table: LightTable, target: str) -> None:
        self.request, self.table, self.target = request, table, target
        self.keys = [int(key) for key in request.POST.getlist("photo") if KEY.fullmatch(key)]

    def written(self, name: str) -> dict[int, str]:
        """Key → text of the fields with names such as ``caption-12``."""
        rows = ((key.removeprefix(f"{name}-"), value) for key, value in self.request.POST.items() if key.startswith(f"{name}-"))
        return {int(key): str(value) for key, value in rows if KEY.fullmatch(key)}

    def group(self, key: str) -> PhotographGroup | None:
        """The group of this table with the key."""
        return self.table.lots.filter(pk=key).first() if KEY.fullmatch(key) else None

    def say(self, sentence: str) -> None:
        messages.success(self.request, sentence)

    def section(self) -> Section | None:
        """The target of the press as the page shows it."""
        sections = view_of(self.table, self.request.user).sections
        return next((each for each in sections if str(each.group.pk) == self.target), None)


def _sort_by_name(press: Press) -> None:
    _say_groups(press, arrange.sort_by_name(press.table))


def _sort_by_time(press: Press) -> None:
    typed = str(press.request.POST.get("minutes", "")).strip()
    minutes = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 5 else USUAL
    _say_groups(press, arrange.sort_by_time(press.table, timedelta(minutes=min(max(minutes, SHORTEST), LONGEST))))


def _say_groups(press: Press, number: int) -> None:
    if not number:
        raise ValidationError(_("Không xếp được: tên tệp hoặc giờ chụp chưa cho biết ảnh nào đi với ảnh nào."))
    press.say(ngettext("Đã xếp thành %(number)d nhóm.", "Đã xếp thành %(number)d nhóm.", number) % {"number": number})


def _gather(press: Press) -> None:
    _require(arrange.gather(press.table, press.keys) is not None)


def _move(press: Press) -> None:
    to = str(press.request.POST.get("to", ""))
    group = press.group(to)
    if group is None and to != UNSORTED:
        raise ValidationError(_("Hãy chọn nơi chuyển đến."))
    _require(bool(arrange.move(press.table, press.keys, group)))


def _turn(press: Press) -> None:
    _require(bool(arrange.turn(press.table, press.keys)))


def _set_aside(press: Press) -> None:
    keys = [int(press.target)] if KEY.fullmatch(press.target) else press.keys
    _require(bool(arrange.set_aside(press.table, keys)))


def _bring_back(press: Press) -> None:
    keys = [int(press.target)] if KEY.fullmatch(press.target) else press.keys
    _require(bool(arrange.move(press.table, keys, None)))


def _require(done: bool) -> None:
    if not done:
        raise ValidationError(_("Chưa chọn ảnh nào, hoặc ảnh đã thành tư liệu."))


def _take_day(press: Press) -> None:
    section = press.section()
    if section and section.offered_day:
        arrange.take_over(section.group, day=section.offered_day[0])


def _take_place(press: Press) -> None:
    section = press.section()
    unit: AdminUnit | None = section.offered_place if section else None
    if section and unit:
        arrange.take_over(section.group, place=unit)


def _make(press: Press) -> None:
    """Makes the records one after the other: what hinders one hinders no other."""
    made = 0
    for section in view_of(press.table, press.request.user).ready:
        try:
            records.make_record(section.group, press.request.user)
            made += 1
        except ValidationError as error:
            for sentence in error.messages:
                messages.error(press.request, sentence)
    if made:
        words = ngettext("Đã lập %(number)d tư liệu nháp.", "Đã lập %(number)d tư liệu nháp.", made)
        press.say(words % {"number": made})


def _add(press: Press) -> None:
    """Adds the ticked photographs to the chosen record."""
    key = str(press.request.POST.get("record", ""))
    if not KEY.fullmatch(key):
        raise ValidationError(_("Hãy chọn tư liệu nhận ảnh."))
    _add_to(press, press.keys, int(key))


def _add_same(press: Press) -> None:
    """Adds a group to the record that has its code already."""
    section = press.section()
    if section and section.same_code:
        _add_to(press, [shot.row.pk for shot in section.shots], section.same_code.key)


def _add_to(press: Press, keys: list[int], record: int) -> None:
    to, number = additions.add_to_record(press.table, keys, record, press.request.user)
    words = ngettext("Đã thêm %(number)d ảnh vào “%(title)s”.", "Đã thêm %(number)d ảnh vào “%(title)s”.", number)
    press.say(words % {"number": number, "title": to.title})
    if to.live:
        press.say(_("Người đọc thấy ảnh mới khi bản nháp này được đăng."))


def _undo(press: Press) -> None:
    group = press.group(press.target)
    if group is not None:
        undo = additions.take_out if group.added_version else records.take_back
        undo(group, press.request.user)
        press.say(_("Đã hoàn tác. Ảnh vẫn nằm trên bàn."))


def _save(press: Press) -> None:
    """Nothing more than what every press does."""


STEPS: dict[str, Callable[[Press], None]] = {
    "save": _save,
    "by-name": _sort_by_name,
    "by-time": _sort_by_time,
    "gather": _gather,
    "move": _move,
    "turn": _turn,
    "aside": _set_aside,
    "back": _bring_back,
    "take-day": _take_day,
    "take-place": _take_place,
    "make": _make,
    "add": _add,
    "add-same": _add_same,
    "undo": _undo,
}


@require_POST
def take_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Does what the pressed button says: ``step`` is its name, behind a colon what it is about."""
    table = get_object_or_404(tables_of(request.user), pk=pk)
    step, _colon, target = str(request.POST.get("step", "save")).partition(":")
    press = Press(request, table, target)
    arrange.write(table, press.written("caption"), press.written("title"))
    try:
        STEPS.get(step, _save)(press)
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
    return redirect(reverse("light_tables:one", args=[table.pk]))
