"""Collects the project's strings, which are Vietnamese at the source, into the English catalog and compiles it.

``--check`` changes nothing and fails when a string has no English or a compiled file is older than its source.
Needs xgettext (Debian: gettext) to collect; the compiled catalogs are committed, so that running the site needs nothing.
"""

import json
import re
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

CATALOG = Path(settings.LOCALE_PATHS[0]) / "en" / "LC_MESSAGES" / "django.po"
IGNORED = [".venv/*", "var/*", "tests/*", "collections/*", "node_modules/*", "run.py"]
PLACEHOLDER = re.compile(r"%\(\w+\)(?:\.\d)?[sdf]|%[sd](?![\w])")


class Command(BaseCommand):
    help = "Gom chuỗi cần dịch vào bảng tiếng Anh và biên dịch."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="chỉ kiểm tra")
        parser.add_argument("--fill", type=Path, nargs="*", default=[], help="tệp JSON {chuỗi Việt: chuỗi Anh} để điền")

    def handle(self, *args: Any, **options: Any) -> None:
        before = CATALOG.read_text(encoding="utf-8") if CATALOG.exists() else ""
        catalog = self.collect()
        if options["check"]:
            CATALOG.write_text(before, encoding="utf-8")
            return self.report(errors(catalog) + stale(catalog, before))
        for path in options["fill"]:
            fill(catalog, json.loads(path.read_text(encoding="utf-8")))
        catalog.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
        catalog.save(str(CATALOG))
        catalog.save_as_mofile(str(CATALOG.with_suffix(".mo")))
        return self.report(errors(catalog))

    def collect(self) -> polib.POFile:
        """Runs Django's makemessages and returns the catalog as it now stands on disk."""
        CATALOG.parent.mkdir(parents=True, exist_ok=True)
        call_command("makemessages", locale=["en"], ignore_patterns=IGNORED, no_obsolete=True, no_location=True, no_wrap=True, verbosity=0)
        catalog = polib.pofile(str(CATALOG), wrapwidth=0)
        for entry in catalog.fuzzy_entries():
            entry.flags.remove("fuzzy")
            entry.msgstr = ""  # a guess from a similar string is no translation
            entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")
            entry.previous_msgid = entry.previous_msgid_plural = None
        catalog.metadata.pop("POT-Creation-Date", None)
        return catalog

    def report(self, messages: list[str]) -> None:
        """Prints the messages and raises CommandError when there are any."""
        for message in messages:
            self.stderr.write(message)
        if messages:
            raise CommandError(f"{len(messages)} chuỗi chưa dịch hoặc dịch sai.")


def fill(catalog: polib.POFile, english: dict[str, str | list[str]]) -> None:
    """Writes English into entries that have none. A list gives the singular and the plural."""
    for entry in catalog:
        text = english.get(entry.msgid)
        if text and not entry.translated():
            forms = [text] if isinstance(text, str) else text
            if entry.msgid_plural:
                entry.msgstr_plural = {0: forms[0], 1: forms[-1]}
            else:
                entry.msgstr = forms[0]


def errors(catalog: polib.POFile) -> list[str]:
    """One message for each string that has no English, or whose placeholders differ in English."""
    messages = [f"no English: {entry.msgid!r}" for entry in catalog.untranslated_entries()]
    for entry in catalog.translated_entries():
        expected = sorted(PLACEHOLDER.findall(entry.msgid))
        for form, text in enumerate(english_of(entry)):
            named = sorted(PLACEHOLDER.findall(text))
            spelled_out = entry.msgid_plural and form == 0 and set(named) <= set(expected)  # "See the record" needs no number
            if named != expected and not spelled_out:
                messages.append(f"placeholders differ: {entry.msgid!r} → {text!r}")
    return messages


def english_of(entry: polib.POEntry) -> list[str]:
    """The English of an entry: one text, or singular and plural."""
    return [entry.msgstr_plural[form] for form in sorted(entry.msgstr_plural)] if entry.msgid_plural else [entry.msgstr]


def stale(catalog: polib.POFile, committed: str) -> list[str]:
    """One message for each string of the code that the committed .po or .mo file does not have."""
    collected = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(committed)} if committed else set()
    messages = [f"not collected: {entry.msgid!r}" for entry in catalog if (entry.msgctxt, entry.msgid) not in collected]
    compiled = CATALOG.with_suffix(".mo")
    if not compiled.exists():
        return [*messages, "django.mo is missing: run make translations"]
    pairs = {(entry.msgctxt, entry.msgid): english_of(entry) for entry in polib.mofile(str(compiled))}
    return messages + [
        f"not compiled: {entry.msgid!r}"
        for entry in catalog.translated_entries()
        if pairs.get((entry.msgctxt, entry.msgid)) != english_of(entry)
    ]
