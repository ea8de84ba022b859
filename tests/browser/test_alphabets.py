"""Every letter of the peoples' scripts is drawn, by fonts of the site that travel only where a device has none; other pages fetch none."""

import csv
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings

from library.language.letters import ROW
from tests.browser.waiting import until_true

FONTS = "/static/fonts/"
BLOCKS = {  # ISO 15924 → its blocks in Unicode, and a letter to carry marks
    "Cham": (range(0xAA00, 0xAA60), "ꨀ"),
    "Tavt": (range(0xAA80, 0xAAE0), "ꪀ"),
    "Khmr": (range(0x1780, 0x1800), "ក"),
}
NOT_LATIN = set("ๅ❷ῃ")  # single signs of single sources
FILES = {"Cham": "cham", "Tavt": "tai-viet", "Khmr": "khmer", "Latn": "latin"}
WRITE = """async ([letters, family]) => {
  const line = document.createElement("p");
  line.id = "letters";
  if (family) line.style.fontFamily = family;
  line.textContent = letters;
  document.querySelector("main").append(line);
  await document.fonts.ready;
}"""


def alphabet(script: str) -> str:
    """All letters, marks and figures of a script. Of Latin: those of the dictionaries and of every word list."""
    if script == "Latn":
        return "".join(sorted(_of_word_lists() | set(ROW.replace(" ", ""))))
    letters, carrier = BLOCKS[script]
    return "".join(_drawn(chr(letter), carrier) for letter in letters if unicodedata.category(chr(letter)) not in ("Cn", "Cf"))


def _drawn(sign: str, carrier: str) -> str:
    return carrier + sign if unicodedata.category(sign).startswith("M") else sign


def _of_word_lists() -> set[str]:
    with (settings.COLLECTIONS_DIR / "words" / "words.csv").open(encoding="utf-8-sig", newline="") as file:
        used = {sign for row in csv.DictReader(file) for sign in unicodedata.normalize("NFC", row["form"] + row["ipa"])}
    return {_drawn(sign, "a") for sign in used - NOT_LATIN if not sign.isspace()}


def fonts_of(page: Any) -> list[dict[str, Any]]:
    """The fonts that Chromium drew the letters with; a letter that a font lacks is drawn with another."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": "#letters"})["nodeId"]
    return list(session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"])


def test_the_scripts_of_the_vocabulary_have_a_font_here_or_on_every_device():
    with (settings.COLLECTIONS_DIR / "vocabularies" / "scripts.csv").open(encoding="utf-8-sig", newline="") as file:
        scripts = {row["iso15924"] for row in csv.DictReader(file) if row["unicode_block"]}
    elsewhere = {"Hani", "Hant", "Laoo", "Arab"}  # of whole states: devices have them
    no_font = {"Lana", "Tayo"}  # use in Vietnam uncertain; no font in any package
    assert scripts == set(FILES) | elsewhere | no_font


@pytest.mark.parametrize("script", FILES)
def test_every_letter_is_drawn_by_the_font_of_the_site(open_page: Callable[..., Any], script: str):
    page = open_page("/")
    page.evaluate(WRITE, [alphabet(script), "Letters"])
    until_true(page, lambda: all(font["isCustomFont"] for font in fonts_of(page)), "no letter is drawn by another font")
    assert len(fonts_of(page)) == 1


def test_a_font_is_fetched_by_a_page_with_its_letters_and_by_no_other(site: Any, open_page: Callable[..., Any]):
    page = open_page("/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for address in site.addresses.values():
        page.goto(site.url + address)
    assert [url for url in asked if FONTS in url] == []
    page.evaluate(WRITE, ["ꨀꨆꩉ", ""])
    until_true(page, lambda: any(FONTS in url for url in asked), "the font is fetched")
    assert {url.partition(FONTS)[2].partition(".")[0] for url in asked if FONTS in url} == {"cham"}


def test_each_font_is_small():
    sizes = {file.stem: file.stat().st_size for file in (settings.BASE_DIR / "library/static/fonts").glob("*.woff2")}
    assert set(sizes) == set(FILES.values())
    assert max(sizes.values()) <= 60_000
