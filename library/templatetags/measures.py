"""The size of a file, how long it takes to load, and how long it plays, in words."""

import gzip
from functools import cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()

WEAK_LINK = 400_000  # bits a second: the slowest link that pages are made for


@register.filter
def kilobytes(size: int) -> str:
    """Bytes as whole KB (1,000 bytes), never less than 1."""
    return _("%(size)s KB") % {"size": number_format(max(1, round(size / 1000)), force_grouping=True)}


@register.filter
def waiting(size: int) -> str:
    """How long the bytes take on a weak link, in words."""
    seconds = round(size * 8 / WEAK_LINK)
    if seconds < 1:
        return _("ngay")
    if seconds < 120:
        return ngettext("chừng %(count)s giây", "chừng %(count)s giây", seconds) % {"count": seconds}
    return ngettext("chừng %(count)s phút", "chừng %(count)s phút", round(seconds / 60)) % {"count": round(seconds / 60)}


@register.filter
def clock(milliseconds: int) -> str:
    """1:05 or 1:02:03."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


@register.filter
def seconds(milliseconds: int) -> str:
    """Milliseconds as seconds for a media fragment (#t=12.5), with a point in every language."""
    return f"{milliseconds / 1000:g}"


@register.simple_tag
@cache
def packed_bytes(path: str) -> int:
    """The compressed size of a static file that loads only after a tap. Raises FileNotFoundError for a wrong path."""
    file = finders.find(path)
    if not isinstance(file, str):
        raise FileNotFoundError(path)
    return len(gzip.compress(Path(file).read_bytes(), 9))


@register.simple_tag
@cache
def packed_folder_bytes(folder: str) -> int:
    """The compressed size of all scripts in a static folder and below it."""
    found = finders.find(folder)
    if not isinstance(found, str):
        raise FileNotFoundError(folder)
    return sum(packed_bytes(f"{folder}/{file.relative_to(found)}") for file in Path(found).rglob("*.js"))
