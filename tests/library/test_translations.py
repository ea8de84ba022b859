"""The check of the English catalogue sees what would show a reader Vietnamese: a placeholder that the string does not have."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings

from library.management.commands.translate import CATALOG, PLACEHOLDER, english_of, errors

GLOSSARY = Path(settings.BASE_DIR) / "docs/glossary.md"


@pytest.mark.parametrize(("english", "wrong"), [("%(count)s record", 0), ("%(count)s record; %(detail)s", 1), ("a record", 0)])
def test_placeholders_of_singular_and_plural_are_compared(english: str, wrong: int):
    plural = polib.POEntry(
        msgid="%(count)s tư liệu",
        msgid_plural="%(count)s tư liệu",
        msgstr_plural={0: english, 1: "%(count)s records"},
        flags=["python-format"],
    )
    catalog = polib.POFile()
    catalog.append(plural)
    assert len(errors(catalog)) == wrong


def test_one_term_for_one_thing_in_both_languages():
    """The table of the glossary holds: each Vietnamese term is translated as it says, and what it rules out stands nowhere."""
    table = GLOSSARY.read_text(encoding="utf-8").partition("## One term for one thing")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line.startswith("| ")][2:]
    assert len(rows) > 20
    catalog = list(polib.pofile(str(CATALOG)))
    english = [PLACEHOLDER.sub("", text) for entry in catalog for text in english_of(entry)]
    for vietnamese, term, _where, never in rows:
        said = {text.casefold() for entry in catalog if entry.msgid.casefold() == vietnamese for text in english_of(entry)}
        plural = f"{term[:-1]}ies" if re.search(r"[^aeiou]y$", term) else f"{term}s"
        first, space, rest = term.partition(" ")
        assert said, f"{vietnamese} stands nowhere"
        assert said <= {term, plural, f"{first}s{space}{rest}", f"the {term}"}, vietnamese
        for other in never.split(", "):
            assert not [text for text in english if re.search(rf"\b{other}\b", text, re.IGNORECASE)], f"{vietnamese}: {other}"
