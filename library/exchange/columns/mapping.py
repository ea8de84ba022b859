"""Which column of an officer's file goes where: by what the office chose before, by the names of our columns, by words in use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from media_pipeline.text.folding import fold

from .column import IGNORED, UNSET, Column
from .table import same_label

REMEMBERED, NAMED, GUESSED, UNKNOWN = "remembered", "named", "guessed", "unknown"
#: How officers call columns, folded → key. The first that the type has is taken.
IN_USE: Mapping[str, str] = {
    **dict.fromkeys(("ma", "ma phieu", "ma so", "so phieu", "ma rieng", "ky hieu", "so ky hieu", "id", "code"), "code"),
    **dict.fromkeys(("ten tu lieu", "ten le hoi", "ten di san", "ten goi", "tieu de", "ten hien vat", "title", "name"), "title_vi"),
    **dict.fromkeys(("noi dung", "mo ta", "gioi thieu", "tom tat noi dung", "summary", "description"), "summary_vi"),
    **dict.fromkeys(("dt", "toc nguoi", "ten dan toc", "dan toc chu the", "chu the", "ethnic group"), "groups"),
    **dict.fromkeys(("xa", "dia diem", "dia ban", "noi", "xa phuong", "dia chi", "tinh", "place"), "places"),
    **dict.fromkeys(("xa cu", "huyen", "dia danh cu", "noi cu"), "former_units"),
    **dict.fromkeys(("ngay", "ngay thang", "nam", "nien dai", "thoi gian to chuc", "date"), "date"),
    **dict.fromkeys(("nguoi cung cap", "nguoi cung cap thong tin", "nghe nhan", "informant"), "teller"),
    **dict.fromkeys(("anh", "ten anh", "ten tep", "tep", "file anh", "hinh anh", "ten file", "files"), "media"),
    **dict.fromkeys(("chu thich", "caption"), "media_caption"),
    **dict.fromkeys(("nguon", "tai lieu", "nguon tai lieu", "source"), "sources"),
    **dict.fromkeys(("tieng", "ngon ngu", "language"), "language"),
    **dict.fromkeys(("ten dan toc goi", "ten bang tieng dan toc"), "vernacular_title"),
    **dict.fromkeys(("tu khoa", "tags"), "tags"),
    **dict.fromkeys(("stt", "tt", "so thu tu", "no"), IGNORED),
    # What an exported table tells and an import leaves alone (formats/tables.py), in both languages.
    **dict.fromkeys(("tep trong thu vien", "files in the library", "trang thai", "state"), IGNORED),
}
MENDING = "Cần sửa"  # the column that an annotated copy has more


@dataclass(frozen=True, slots=True)
class Match:
    """Where one column of the file goes, and why: ``key`` is a column of ours, IGNORED or UNSET."""

    key: str
    why: str


def header_key(name: str) -> str:
    """The name of an officer's column as it is remembered and compared."""
    return fold(name)[:80]


def suggest(header: Sequence[str], columns: Sequence[Column], remembered: Mapping[str, str]) -> list[Match]:
    """One match for each column of the file. No column of ours is suggested twice."""
    keys, used, matches = {column.key for column in columns}, set(), []
    for name in header:
        free = [column for column in columns if column.key not in used]
        match = _match(header_key(name), name, free, keys, remembered)
        if match.key in used and match.key != IGNORED:
            match = Match(UNSET, UNKNOWN)
        used.add(match.key)
        matches.append(match)
    return matches


def _match(key: str, name: str, columns: Sequence[Column], keys: set[str], remembered: Mapping[str, str]) -> Match:
    if not key or key == fold(MENDING):
        return Match(IGNORED, NAMED)
    if (before := remembered.get(key)) is not None and (before in keys or before == IGNORED):
        return Match(before, REMEMBERED)
    for column in columns:
        if same_label(column, name):
            return Match(column.key, NAMED)
    in_use = IN_USE.get(key, "")
    return Match(in_use, GUESSED) if in_use in keys or (in_use == IGNORED and in_use) else Match(UNSET, UNKNOWN)


def problems_of(mapping: Sequence[str], columns: Sequence[Column]) -> list[tuple[str, str]]:
    """(what is wrong, name of the column): ``unset``, ``twice`` or ``missing``; empty when the mapping can be used."""
    by_key = {column.key: column for column in columns}
    wrong = [("unset", "") for key in mapping if key == UNSET]
    chosen = [key for key in mapping if key not in (UNSET, IGNORED)]
    wrong += [("twice", str(by_key[key])) for key in dict.fromkeys(chosen) if chosen.count(key) > 1 and key in by_key]
    if "title_vi" not in chosen and "identifier" not in chosen:
        wrong.append(("missing", str(by_key["title_vi"])))
    return wrong
