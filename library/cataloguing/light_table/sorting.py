"""Which photographs belong together: by the names of their files, by the time they were taken. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import PurePosixPath
from typing import Any

#: What cameras and telephones call their files by themselves: such a name says nothing of the picture.
CAMERA = re.compile(
    r"(?i)^((img|_mg|dsc[a-z]{0,2}|_dsc|pxl|mvi|sam|cimg|hpim|imgp|gopr|dji|wp|pic|photo|image|[aả]nh|h[iì]nh|zalo|received|fb_img"
    r"|screenshot)?[ _.-]*\d[\d ._()-]*(wa\d+|~\d+|_hdr|_burst\w*)?|[pz]\d{6,}\w*)$"
)
LAST_PART = re.compile(r"^(?P<stem>.+?)(?:[ _.-]+\(?\d{1,4}\)?|[ ]?\(\d{1,4}\)|(?<=\d)[a-z])$", re.IGNORECASE)
CODE = re.compile(r"^(?=.*\d)(?=.*[A-Z])[A-Z0-9]+(?:[-./_][A-Z0-9]+)*$", re.IGNORECASE)
LONG_WORDS = 6  # letters


@dataclass(frozen=True, slots=True)
class Lot:
    """Photographs that belong together: their keys, in order; what their files are called in common, and whether that is an own code."""

    keys: tuple[int, ...]
    name: str = ""
    code: str = ""


def by_name(files: Sequence[tuple[int, str, str]]) -> list[Lot]:
    """(key, name, folder) → the lots. Files that their camera named are in none, unless they come in several folders: those are lots."""
    folders = {folder for _key, _name, folder in files}
    named: dict[tuple[str, str], list[tuple[list[Any], int]]] = {}
    for key, name, folder in files:
        common = common_name(name) or (PurePosixPath(folder).name if len(folders) > 1 else "")
        if common:
            named.setdefault((folder, common.casefold()), []).append((natural(name), key))
    names = {(folder, common.casefold()): common for _key, name, folder in files if (common := common_name(name))}
    lots = []
    for (folder, common), rows in sorted(named.items(), key=lambda item: (natural(item[0][0]), natural(item[0][1]))):
        name = names.get((folder, common), PurePosixPath(folder).name)
        is_code = bool(CODE.fullmatch(name))
        lots.append(Lot(tuple(key for _order, key in sorted(rows)), "" if is_code else name, name if is_code else ""))
    return lots


def common_name(name: str) -> str:
    """What the name of a file has in common with those of the same thing: "MH-001_2.jpg" gives "MH-001"; empty for a camera's own name."""
    stem = PurePosixPath(name).stem.strip()
    if CAMERA.match(stem):
        return ""
    match = LAST_PART.match(stem)
    shorter = match["stem"].strip(" _.-") if match else stem
    if match and (CODE.fullmatch(shorter) or sum(letter.isalpha() for letter in shorter) >= LONG_WORDS):
        return _words(shorter)
    return _words(stem)


def _words(stem: str) -> str:
    return stem if CODE.fullmatch(stem) else " ".join(stem.replace("_", " ").split())


def by_time(moments: Sequence[tuple[int, datetime]], gap: timedelta) -> list[Lot]:
    """(key, moment) → the lots: a longer pause than the gap begins a new one."""
    ordered = sorted(moments, key=lambda each: (each[1], each[0]))
    number, numbered = 0, []
    for place, (key, moment) in enumerate(ordered):
        number += bool(place) and moment - ordered[place - 1][1] > gap
        numbered.append((number, key))
    return [Lot(tuple(key for _number, key in rows)) for _number, rows in groupby(numbered, key=lambda each: each[0])]


def natural(text: str) -> list[Any]:
    """The key that sorts "ảnh 2" before "ảnh 10"."""
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part.casefold()) for part in re.split(r"(\d+)", text) if part]
