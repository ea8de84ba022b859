"""The tree of offices. Only the actions change a path: every right over records is a comparison of paths."""

import re
from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

_OF_PROVINCE = re.compile(r"/tinh-(\d+)/")


class OfficePathError(ValueError):
    """Something else than ``move_office`` tried to change the path of an office."""


class OfficeQuerySet(models.QuerySet["Office"]):
    """Offices by their place in the tree."""

    def below(self, path: str) -> "OfficeQuerySet":
        """The office with this path and all offices below it."""
        return self.filter(path__startswith=path)

    def above(self, path: str) -> "OfficeQuerySet":
        """The office with this path and the offices above it, the highest first."""
        parts = [part for part in path.split("/") if part]
        return self.filter(path__in=[f"/{'/'.join(parts[: depth + 1])}/" for depth in range(len(parts))]).order_by("path")


class Office(models.Model):
    """An office that answers for records: the ministry, a province, a commune. No district role exists since 7/2025.

    A new office takes its path from its parent. After that, ``save`` raises OfficePathError when code, parent or path differ from
    the stored row: ``library.accounts.actions.move_office`` changes them for the whole subtree.
    """

    class Level(models.TextChoices):
        MINISTRY = "ministry", _("Bộ")
        PROVINCE = "province", _("Tỉnh, thành phố")
        COMMUNE = "commune", _("Xã, phường, đặc khu")

    PLACE = ("code", "parent_id", "path")

    code = models.SlugField(_("mã"), max_length=40, unique=True)
    name_vi = models.CharField(_("tên tiếng Việt"), max_length=200)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=200, blank=True)
    level = models.CharField(_("cấp"), max_length=10, choices=Level.choices)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("trực thuộc")
    )
    # Such as "/bo/tinh-15/": the path of every office below begins with it.
    path = models.CharField(max_length=200, unique=True, editable=False)

    objects = OfficeQuerySet.as_manager()
    _stored_place: dict[str, Any]

    class Meta:
        verbose_name = _("cơ quan")
        verbose_name_plural = _("cơ quan")
        ordering = ["path"]

    def __str__(self) -> str:
        return (self.name_en if get_language() == "en" else "") or self.name_vi

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.path = path_under(self.parent, self.code)
        elif any(value != self._stored_place.get(name) for name, value in self._place().items()):
            raise OfficePathError(f"{self}: only move_office changes the place of an office")
        super().save(*args, **kwargs)
        self._stored_place = self._place()

    @property
    def province_code(self) -> str:
        """The code of the province whose office this is, or lies below; empty for offices of the whole country."""
        match = _OF_PROVINCE.search(self.path)
        return match[1] if match else ""

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> "Office":
        """Remembers the stored place of the office, so that ``save`` can notice a change without a query."""
        office: Office = super().from_db(*args, **kwargs)
        office._stored_place = office._place()
        return office

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        super().refresh_from_db(*args, **kwargs)
        self._stored_place = self._place()

    @property
    def depth(self) -> int:
        """How many offices stand above it: 0 for the root."""
        return self.path.count("/") - 2

    def _place(self) -> dict[str, Any]:
        """The columns that were read and decide the path."""
        return {name: self.__dict__[name] for name in self.PLACE if name in self.__dict__}


def path_under(parent: Office | None, code: str) -> str:
    """The path of an office with this code under the parent."""
    return f"{parent.path if parent else '/'}{code}/"
