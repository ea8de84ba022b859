"""Staff read every word of the admin in Vietnamese: nothing of the installed apps is missing, broken or left uncompiled."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import django
import django_filters
import polib
import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.contrib import humanize
from django.template import Context, Template
from django.utils import formats, translation
from django.utils.translation import trans_real
from wagtail import embeds

Key = tuple[str, str]  # context, msgid

OURS = Path(settings.LOCALE_PATHS[0]) / "vi" / "LC_MESSAGES"
DOMAINS = ["django", "djangojs"]
# Wagtail shows words of these, although none of them is an installed app.
BORROWED = [Path(django.__file__).parent / "conf", *(Path(str(module.__file__)).parent for module in (humanize, django_filters, embeds))]
UNSEEN = {"allauth"}  # ships no Vietnamese; its pages, forms and refusals have words of ours: library/accounts/security/, templates/mfa/
GETTEXT = {"gettext": 0, "gettext_lazy": 0, "ngettext": 0, "ngettext_lazy": 0, "pgettext": 1, "pgettext_lazy": 1}  # place of the msgid
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[a-z]|\{\w*\}|<[^<>]+>")


def folders() -> list[Path]:
    """Homes of the foreign apps; our own strings are Vietnamese at the source."""
    installed = [Path(config.path) for config in apps.get_app_configs() if config.name.partition(".")[0] not in UNSEEN]
    return [folder for folder in installed if "site-packages" in folder.parts] + BORROWED


def entries(path: Path) -> list[polib.POEntry]:
    return [entry for entry in polib.pofile(str(path)) if not entry.obsolete] if path.exists() else []


def key(entry: polib.POEntry) -> Key:
    return entry.msgctxt or "", entry.msgid


def source_strings(folder: Path, domain: str) -> set[Key]:
    """What an app may say: its English catalog, or its source and whatever others translated when it ships none."""
    english = entries(folder / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po")
    if english:
        return {key(entry) for entry in english}
    others = folder.glob(f"locale/*/LC_MESSAGES/{domain}.po")
    translated = {key(entry) for path in others for entry in entries(path)}
    return translated | (set(spoken(folder)) if domain == "django" else set())


def spoken(folder: Path) -> Iterator[Key]:
    """Literal strings handed to gettext in the Python source."""
    for path in folder.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"]
        names = {alias.asname or alias.name: GETTEXT[alias.name] for node in imports for alias in node.names if alias.name in GETTEXT}
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in names:
                words = [word.value for word in call.args if isinstance(word, ast.Constant) and isinstance(word.value, str)]
                place = names[call.func.id]
                if len(words) > place:
                    yield words[0] if place else "", words[place]


def translations(folder: Path, domain: str) -> set[Key]:
    """What the app itself ships in Vietnamese."""
    return {key(entry) for entry in entries(folder / "locale" / "vi" / "LC_MESSAGES" / f"{domain}.po") if entry.translated()}


@pytest.fixture(params=DOMAINS)
def domain(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def catalog(domain: str) -> polib.POFile:
    return polib.pofile(str(OURS / f"{domain}.po"), wrapwidth=0)


def test_every_string_of_the_installed_apps_has_vietnamese_words(domain: str, catalog: polib.POFile) -> None:
    translated = {key(entry) for entry in catalog if entry.translated()}
    untranslated = {
        (folder.name, *word)
        for folder in folders()
        for word in source_strings(folder, domain) - translations(folder, domain) - translated
        if word[1]
    }
    assert not untranslated, "\n".join(map(repr, sorted(untranslated)))


def test_no_word_is_kept_that_nobody_asks_for(domain: str, catalog: polib.POFile) -> None:
    sources = {word for folder in folders() for word in source_strings(folder, domain)}
    assert {key(entry) for entry in catalog} <= sources


def test_every_placeholder_and_tag_survives(catalog: polib.POFile) -> None:
    broken = []
    for entry in catalog:
        if entry.msgid_plural:  # one Vietnamese form serves both English ones, whose singular may spell the number out
            right = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural)) == set(PLACEHOLDER.findall(entry.msgstr_plural[0]))
        else:
            right = Counter(PLACEHOLDER.findall(entry.msgid)) == Counter(PLACEHOLDER.findall(entry.msgstr))
        if not right:
            broken.append(f"{entry.msgid!r} → {entry.msgstr or entry.msgstr_plural!r}")
    assert not broken, "\n".join(broken)


def test_spaces_at_the_edges_survive(catalog: polib.POFile) -> None:
    def edges(text: str) -> tuple[str, str]:
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    broken = [entry.msgid for entry in catalog if edges(entry.msgid) != edges(entry.msgstr or entry.msgstr_plural[0])]
    assert not broken, broken


def test_vietnamese_has_one_plural_form(catalog: polib.POFile) -> None:
    assert catalog.metadata["Plural-Forms"] == "nplurals=1; plural=0;"
    assert all(set(entry.msgstr_plural) == {0} for entry in catalog if entry.msgid_plural)


def test_compiled_words_equal_their_source(domain: str, catalog: polib.POFile) -> None:
    compiled = polib.mofile(str(OURS / f"{domain}.mo"))
    assert {key(entry): (entry.msgstr, entry.msgstr_plural) for entry in compiled} == {
        key(entry): (entry.msgstr, entry.msgstr_plural) for entry in catalog
    }


def test_source_is_sorted_and_names_no_machine(domain: str, catalog: polib.POFile) -> None:
    words = [(entry.msgid, entry.msgctxt or "") for entry in catalog]
    assert words == sorted(words)
    assert not [line for line in (OURS / f"{domain}.po").read_text(encoding="utf-8").splitlines() if line.startswith("#:")]


def test_our_words_win_over_those_of_wagtail_and_django() -> None:
    with translation.override("vi"):
        assert trans_real.gettext("Unpublish") == "Gỡ xuống"
        assert trans_real.gettext("Password reset unsuccessful") == "Chưa đặt lại được mật khẩu"


def test_numbers_and_dates_are_written_the_vietnamese_way() -> None:
    page = Template("{{ number }} | {{ day }} | {{ day|date:'SHORT_DATE_FORMAT' }} | {{ day|date:'D' }}")
    with translation.override("vi"):
        text = page.render(Context({"number": 1234567.5, "day": date(2026, 3, 5)}))
    assert text == "1.234.567,5 | 5 tháng 3 năm 2026 | 05/03/2026 | T5"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_typed_date_means_the_same_day_in_both_languages(language: str) -> None:
    with translation.override(language):
        assert forms.DateField(localize=True).clean("05/03/2026") == date(2026, 3, 5)
        assert forms.DateTimeField(localize=True).clean("05/03/2026 14:30").strftime("%d %B %H:%M") == "05 March 14:30"


def test_the_date_picker_of_the_admin_writes_what_forms_read() -> None:
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            assert settings.WAGTAIL_DATE_FORMAT in formats.get_format("DATE_INPUT_FORMATS")
            assert settings.WAGTAIL_DATETIME_FORMAT in formats.get_format("DATETIME_INPUT_FORMATS")
