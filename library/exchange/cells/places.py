"""Administrative units by the names that officers write: of today or of before July 2025, alone or with what lies above them."""

import re
from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from library.accounts.models import Office
from library.vocabularies.models import AdminChange, AdminUnit
from library.vocabularies.unit_names import bare_name, plain_name

from .problems import CellError

Level = AdminUnit.Level
PRESENT = (Level.PROVINCE, Level.COMMUNE)
DIVIDERS = re.compile(r"[,()]|\s[–-]\s")
ARROW = re.compile(r"\s*(?:→|->|=>)\s*")
NOWHERE = ("", "?")  # behind the arrow: the former unit alone is meant, without what it became
MOST_REMEMBERED = 10_000  # places as written: a table names the same ones again and again
_Row = tuple[str, str, int | None, str]  # label, level, parent, code


@dataclass(frozen=True, slots=True)
class Place:
    """What a place in a cell means: a unit of today (0 where none is sure), the former unit (0 for none), and both in words."""

    unit: int
    former: int
    words: str


class Places:
    """All units by bare name, read once. Names that several units have are narrowed by the office's province."""

    def __init__(self, office: Office) -> None:
        rows = AdminUnit.objects.values_list("pk", "label_vi", "level", "parent_id", "code")
        self._units: dict[int, _Row] = {pk: (label, level, parent, code) for pk, label, level, parent, code in rows.iterator(2_000)}
        self._by_name: dict[str, list[int]] = defaultdict(list)
        for pk, row in self._units.items():
            self._by_name[bare_name(row[0])].append(pk)
        self._became: dict[int, list[int]] = defaultdict(list)
        for old, new in AdminChange.objects.values_list("old_id", "new_id"):
            self._became[old].append(new)
        self._read: dict[tuple[str, bool], Place] = {}
        self._province = office.province_code

    def read(self, typed: str, *, former: bool = False) -> Place:
        """The place. ``former``: the cell holds names of before July 2025. Raises CellError with choices where several may be meant."""
        if (typed, former) not in self._read:
            if len(self._read) > MOST_REMEMBERED:
                self._read.clear()
            self._read[typed, former] = self._place(typed, former)
        return self._read[typed, former]

    def _place(self, typed: str, former: bool) -> Place:
        old, arrow, new = ARROW.sub("→", typed).partition("→")
        if arrow and new in NOWHERE:
            before = self._former(old)
            return Place(0, before, self.label(before))
        if arrow:
            unit, before = self._one(new, PRESENT), self._former(old)
            return Place(unit, before, f"{self.label(before)} → {self.label(unit)}")
        if not former and (unit := self._one(typed, PRESENT, missing=True)):
            return Place(unit, 0, self.label(unit))
        before = self._former(typed)
        became = list(dict.fromkeys(self._became[before]))
        if len(became) > 1:
            choices = tuple(f"{self.label(before)} → {self.label(each)}" for each in became)
            raise CellError(_("Đơn vị cũ này đã chia về nhiều nơi. Chọn một."), choices)
        unit = became[0] if became else 0
        words = f"{self.label(before)} → {self.label(unit)}" if unit else self.label(before)
        return Place(unit, before, words)

    def label(self, pk: int) -> str:
        """The unit with all above it."""
        row = self._units[pk]
        return f"{row[0]}, {self.label(row[2])}" if row[2] else row[0]

    def _former(self, typed: str) -> int:
        return self._one(typed, tuple(level for level in Level if level not in PRESENT))

    def _one(self, typed: str, levels: tuple[str, ...], *, missing: bool = False) -> int:
        """The one unit of these levels that is meant; 0 with ``missing`` when there is none. Raises CellError."""
        fitting = self._fitting(typed, levels)
        if len(fitting) > 1 and self._province:
            own = [pk for pk in fitting if self._in_province(pk)]
            fitting = own or fitting
        if (
            len(fitting) > 1
            and len(highest := [pk for pk in fitting if self._units[pk][1] in (Level.PROVINCE, Level.FORMER_PROVINCE)]) == 1
        ):
            fitting = highest
        if len(fitting) == 1:
            return fitting[0]
        if not fitting:
            if missing:
                return 0
            raise CellError(_("Tên xã, huyện hay tỉnh, nay hoặc trước 1/7/2025; ví dụ: xã Tả Phìn, Lào Cai."))
        raise CellError(_("Có nhiều nơi tên này. Chọn một."), tuple(self.label(pk) for pk in fitting))

    def _fitting(self, typed: str, levels: tuple[str, ...]) -> list[int]:
        """The units with the first name of the cell, under units with the other names; the kind counts where it tells them apart."""
        names = [part.strip() for part in DIVIDERS.split(typed) if part.strip()]
        if not names:
            return []
        found = [pk for pk in self._by_name[bare_name(names[0])] if self._units[pk][1] in levels]
        found = [pk for pk in found if all(self._lies_in(pk, name) for name in names[1:])]
        same_kind = [pk for pk in found if plain_name(self._units[pk][0]) == plain_name(names[0])]
        return same_kind or found

    def _lies_in(self, pk: int, name: str) -> bool:
        """Whether something above the unit, or above what it became, has that name."""
        bare = bare_name(name)
        above = self._above(pk)
        for new in self._became[pk]:
            above += self._above(new)
        return any(bare_name(self._units[each][0]) == bare for each in above)

    def _above(self, pk: int) -> list[int]:
        parent = self._units[pk][2]
        return [parent, *self._above(parent)] if parent else []

    def _in_province(self, pk: int) -> bool:
        chain = [pk, *self._above(pk)]
        for new in self._became[pk]:
            chain += [new, *self._above(new)]
        return any(self._units[each][1] == Level.PROVINCE and self._units[each][3] == self._province for each in chain)
