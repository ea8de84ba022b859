"""How a word in phonetic letters sounds, in plain words: its parts, each letter that Vietnamese script has not, the tone of the source."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

VOWELS = "aeiouyɐɑɒɔɘəɛɜɤɨɪɯʉʊʌæøœ"
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
TONE = re.compile(r"[.\s]*([0-9]+)$")
HEIGHTS = range(1, 6)
#: A letter or sign → how to say it. The first that fits is told; two letters stand before one.
SIGNS: dict[str, Promise] = {
    "tɕ": gettext_lazy("gần như ch trong “chợ”"),
    "dʑ": gettext_lazy("gần như gi, lưỡi chạm vòm miệng"),
    "ŋ": gettext_lazy("như ng trong “ngà”"),
    "ɲ": gettext_lazy("như nh trong “nhà”"),
    "ə": gettext_lazy("như ơ hay â"),
    "ɐ": gettext_lazy("như ă, gần giữa a và ơ"),
    "ʌ": gettext_lazy("gần như â"),
    "ɬ": gettext_lazy("như l không rung họng, hơi xát hai bên lưỡi"),
    "ɛ": gettext_lazy("như e trong “mẹ”"),
    "ɔ": gettext_lazy("như o trong “to”"),
    "ɤ": gettext_lazy("như ơ trong “mơ”"),
    "ɯ": gettext_lazy("như ư trong “thư”"),
    "ɨ": gettext_lazy("giữa i và ư"),
    "ɓ": gettext_lazy("như b trong “ba”"),
    "ɗ": gettext_lazy("như đ trong “đi”"),
    "ɣ": gettext_lazy("như g trong “ga”"),
    "ʈ": gettext_lazy("như tr trong “tre”, đầu lưỡi cong lên"),
    "ʂ": gettext_lazy("như s trong “sông”, đầu lưỡi cong lên"),
    "c": gettext_lazy("gần như ch trong “chợ”"),
    "x": gettext_lazy("như kh trong “khế”"),
    "z": gettext_lazy("như d, gi ở miền Bắc"),
    "j": gettext_lazy("như i lướt nhanh, trong “ai”"),
    "w": gettext_lazy("như u lướt nhanh, trong “au”"),
    "ʔ": gettext_lazy("ngắt hơi trong họng"),
    "ʰ": gettext_lazy("bật hơi ra sau âm đứng trước"),
    "ː": gettext_lazy("kéo dài âm đứng trước"),
}
#: Marks on a letter, as Unicode combines them. The first two are the registers of Mon-Khmer languages.
MARKS: dict[str, Promise] = {
    "\u0324": gettext_lazy("giọng thở, hơi ra nhiều"),
    "\u0330": gettext_lazy("giọng kẹt, họng khép lại"),
    "\u0325": gettext_lazy("không rung họng"),
    "\u0329": gettext_lazy("đọc thành một âm tiết"),
    "\u032f": gettext_lazy("lướt nhanh, không thành âm tiết"),
    "\u0303": gettext_lazy("đọc qua mũi"),
    "\u0306": gettext_lazy("đọc ngắn"),
}
FIGURES = "1–5"


@dataclass(frozen=True, slots=True)
class Sound:
    """Beginning, rhyme (each only for a word of one syllable) and tone as words, and the signs that want telling."""

    onset: str
    rhyme: str
    tone: str
    signs: list[tuple[str, str]]


def sound_of(form: str) -> Sound:
    """The sound of a word in phonetic letters."""
    plain = unicodedata.normalize("NFC", form.translate(RAISED)).strip()
    figure = TONE.search(plain)
    letters = plain[: figure.start()] if figure else plain
    first = next((place for place, letter in enumerate(letters) if _is_vowel(letter)), None)
    single = first is not None and len(re.findall(r"[^\W\d_]+", letters)) == 1 and _syllables(letters) == 1
    return Sound(
        onset=letters[:first] if single else "",
        rhyme=letters[first:] if single else "",
        tone=tone_in_words(figure[1]) if figure else "",
        signs=_signs(letters),
    )


def signs_of(forms: Iterable[str]) -> list[tuple[str, str]]:
    """Each letter, mark and figure of words in phonetic letters that wants telling, with how to say it, in the order of the tables."""
    plain = [unicodedata.normalize("NFC", form.translate(RAISED)) for form in forms]
    letters = "\n".join(plain)
    told = [(sign, str(words)) for sign, words in SIGNS.items() if sign in letters]
    taken_apart = unicodedata.normalize("NFD", letters)
    told += [(f"a{mark}", str(words)) for mark, words in MARKS.items() if mark in taken_apart]
    figures = any(map(TONE.search, plain))
    return [*told, (FIGURES, _("thanh của từ: một số là số của nguồn; nhiều số là các bậc từ 1, thấp, tới 5, cao"))] if figures else told


def tone_in_words(figures: str) -> str:
    """The figures behind a word: one is the source's number for a tone, several are heights from 1, low, to 5, high."""
    if len(figures) == 1:
        return _("thanh số %(number)s, đánh số theo nguồn") % {"number": figures}
    heights = [int(figure) for figure in figures]
    if not all(height in HEIGHTS for height in heights):
        return _("thanh %(number)s, đánh số theo nguồn") % {"number": figures}
    if len(set(heights)) == 1:
        return _("giọng đều ở bậc %(height)s, tính từ 1 là thấp tới 5 là cao") % {"height": heights[0]}
    steps = " → ".join(map(str, heights))
    return _("giọng đi theo các bậc %(steps)s, tính từ 1 là thấp tới 5 là cao") % {"steps": steps}


def _is_vowel(letter: str) -> bool:
    return unicodedata.normalize("NFD", letter.lower())[0] in VOWELS


def _syllables(letters: str) -> int:
    """The groups of vowels in the word."""
    return len(re.findall("v+", "".join("v" if _is_vowel(letter) else "c" for letter in letters if letter not in "ː\u0306")))


def _signs(letters: str) -> list[tuple[str, str]]:
    told: list[tuple[str, str]] = []
    left = letters
    for sign, words in SIGNS.items():
        if sign in left:
            told.append((sign, str(words)))
            left = left.replace(sign, " ")
    return sorted(told, key=lambda each: letters.index(each[0]))
