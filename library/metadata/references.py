"""RIS and BibTeX: a record as a reference for citation managers. Pure; knows no record."""

import re
from dataclasses import dataclass
from datetime import date

RIS_KINDS = {"audio": "SOUND", "video": "VIDEO", "image": "FIGURE", "document": "MANSCPT"}
_BIBTEX_SPECIAL = str.maketrans({
    "\\": r"\textbackslash{}",
    "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$", "_": r"\_", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reference:
    """The facts of a citation. ``year`` is that of the published version; ``medium`` is the kind of the first file, or empty."""

    identifier: str
    title: str
    other_title: str
    people: tuple[str, ...]
    publisher: str
    year: int
    day: date
    url: str
    abstract: str
    keywords: tuple[str, ...]
    languages: tuple[str, ...]
    rights: str
    medium: str


def ris(reference: Reference) -> str:
    """One entry of the RIS format (Research Information Systems), ended by an empty line."""
    tags = [
        ("TY", RIS_KINDS.get(reference.medium, "GEN")),
        ("ID", reference.identifier),
        ("TI", reference.title),
        ("TT", reference.other_title),
        *(("AU", name) for name in reference.people),
        ("PB", reference.publisher),
        ("PY", str(reference.year)),
        ("DA", f"{reference.day:%Y/%m/%d}/"),
        *(("KW", word) for word in reference.keywords),
        *(("LA", language) for language in reference.languages),
        ("AB", reference.abstract),
        ("C1", reference.rights),
        ("UR", reference.url),
        ("ER", ""),
    ]
    lines = (f"{tag}  - {_one_line(value)}" for tag, value in tags if value or tag == "ER")
    return "\r\n".join(lines) + "\r\n\r\n"


def bibtex(reference: Reference) -> str:
    """One @misc entry; the file is UTF-8, as biber and modern BibTeX read it."""
    fields = {
        "author": " and ".join(f"{{{_escaped(name)}}}" for name in reference.people),
        "title": f"{{{_escaped(reference.title)}}}",
        "publisher": _escaped(reference.publisher),
        "year": str(reference.year),
        "url": reference.url,
        "note": _escaped(reference.rights),
        "abstract": _escaped(reference.abstract),
        "keywords": _escaped(", ".join(reference.keywords)),
        "langid": _escaped(", ".join(reference.languages)),
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{re.sub(r'[^A-Za-z0-9]', '', reference.identifier)},\n{lines}\n}}\n\n"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _escaped(text: str) -> str:
    return _one_line(text).translate(_BIBTEX_SPECIAL)
