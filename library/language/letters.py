"""Words in Latin or phonetic letters: the order of a dictionary, the letter a word stands under, the key by which typing finds it.

The alphabets that are taught in Vietnam (Vietnamese, Ê Đê, Gia Rai, Ba Na and others) keep the Latin order and put a marked letter behind
the plain one: a ă â b ɓ č d đ ɗ e ĕ ê. Phonetic letters stand in the same way behind the letter that they are drawn from.
"""

import unicodedata

from media_pipeline.text.folding import fold

#: Each letter, then what is a letter of its own behind it.
ROW = "a ă â æ ɑ ɐ ʌ b ƀ ɓ β c č ç ɕ d đ ɖ ɗ ð e ĕ ê ɛ ə ɘ ɜ f ɸ g ɡ ɣ h ħ ɦ i ĭ ɨ ɩ ɪ j ʝ k l ɫ ɬ ɭ m ɱ n ñ ɲ ŋ ɳ "
ROW += "o ŏ ô ơ ɔ ø œ ɤ p q r ɹ ɽ ʀ ʁ s ʂ ʃ t ʈ θ u ŭ ư ɯ ʉ ʊ v ʋ w ʍ x χ y ʎ z ʐ ʑ ʒ ʔ"
PLACES = {letter: place for place, letter in enumerate(ROW.split())}
BREVE, CIRCUMFLEX, HORN, CARON, TILDE = "\u0306", "\u0302", "\u031b", "\u030c", "\u0303"
OF_THE_LETTER = {BREVE: "aeiou", CIRCUMFLEX: "aeo", HORN: "ou", CARON: "c", TILDE: "n"}  # elsewhere the mark is a tone or a way of speaking
LENGTHS_AND_TONES = "Lm"  # the category of Unicode for small letters and signs behind a letter
#: What a reader types for a phonetic letter: as the Vietnamese script writes the sound, or nothing.
WRITTEN = "ɑa ɐa ʌa æe ɛe əo ɘo ɜo ɔo øo œo ɤo ɨu ɩi ɪi ɯu ʉu ʊu ɓb βb ɕx çx ɖd ɗd ðd ɸf ɡg ɣg ħh ɦh ʝj ɫl ɬl ɭl ɱm ɳn "
WRITTEN += "ɹr ɽr ʀr ʁr ʂs ʃs ʈt θt ʋv ʍw χx ʎl ʐz ʑz ʒz ŋng ɲnh ʰh ʷw ʲj ʔ ˀ ᵊ"
TYPED = str.maketrans({pair[0]: pair[1:] for pair in WRITTEN.split()})


def dictionary_order(text: str) -> tuple[list[int], str]:
    """A sort key: the letters first; what differs only in tones, figures and signs comes after."""
    return [PLACES[letter] if letter in PLACES else len(PLACES) + ord(letter) for letter in _letters(text)], text


def first_letter(text: str) -> str:
    """The capital letter under which the word stands; empty for a word without letters."""
    return next(iter(_letters(text)), "").upper()


def typed_key(text: str) -> str:
    """Lower case, without marks, tones and figures, phonetic letters as one would write them: ``daːk³`` → ``dak``."""
    folded = fold(text).translate(TYPED)
    return "".join(sign for sign in folded if sign == " " or (sign.isalpha() and unicodedata.category(sign) != LENGTHS_AND_TONES))


def _letters(text: str) -> list[str]:
    found: list[str] = []
    for sign in unicodedata.normalize("NFD", text.lower()):
        if sign.isalpha() and unicodedata.category(sign) != LENGTHS_AND_TONES:
            found.append(sign)
        elif found and found[-1] in OF_THE_LETTER.get(sign, ""):
            found[-1] = unicodedata.normalize("NFC", found[-1] + sign)
    return found
