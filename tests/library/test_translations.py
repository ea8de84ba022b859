"""The check of the English catalogue sees what would show a reader Vietnamese: a placeholder that the string does not have."""

import polib
import pytest

from library.management.commands.translate import errors


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
