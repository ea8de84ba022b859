"""Word lists: one record for each row, because a word belongs to one variety of one language.

Its speakers can listen to it, correct it and add examples. One record for each of the 24 meanings would mix the words of 13 peoples,
and each people decides about its own words.
"""

import re
from typing import Any

from library.vocabularies.loading.rows import Row

from ...models.choices import Confidence, ReviewState
from ..drafts import MINISTRY, UNDETERMINED, Cited, Draft, Lookups, ml

PHONETIC = "fonipa"  # registered BCP 47 variant: written in the alphabet of the International Phonetic Association
NAME_OF_IPA = "IPA"
NOTE_IN_BRACKETS = re.compile(r"\s*\((.+)\)$")


def word_draft(row: Row, lookups: Lookups, concepts: dict[str, Row]) -> Draft:
    """The draft of one word of one variety, with its meaning in Vietnamese and English and the licence of the list."""
    forms, note = _forms(row.required("form_ipa"))
    languages = {term.extra["iso639_3"]: term for term in lookups.terms("languages").values()}
    iso = row.text("iso639_3")
    language = row.meaning("iso639_3", iso, languages) if iso else None
    tag = f"{language.code if language else UNDETERMINED}-{PHONETIC}"
    concept = row.meaning("concept_en", row.required("concept_en"), concepts)
    meaning_vi, meaning_en = row.required("concept_vi"), concept.required("concept_en")
    source = row.meaning("source", row.required("source"), lookups.sources)
    variety = {"language": language.code if language else "", "name": row.required("variety"), "glottocode": row.text("glottocode")}
    details: dict[str, Any] = {
        "headword": ml(forms[0], tag),
        "orthography": {"script": "Latn", "name": NAME_OF_IPA},
        "other_forms": [{"form": ml(form, tag), "orthography": NAME_OF_IPA} for form in forms[1:]],
        "ipa": forms[0],
        "variety": variety,
        "pos": concept.required("pos"),
        "senses": [{"vi": meaning_vi, "en": meaning_en, "note": note}],
        "domain": [concept.required("domain")],
    }
    return Draft(
        row=row,
        source_key=f"word:{row.text('variety')}:{meaning_en}",
        record_type="lexeme",
        title_vi=f"{forms[0]} – {meaning_vi}",
        title_en=f"{forms[0]} – {meaning_en}",
        details=details,
        confidence=Confidence.HIGH,  # the file has no such column: a published, reviewed list
        state=ReviewState.PUBLISHED,
        office=MINISTRY,
        rights=row.required("licence"),
        credit=source.title,
        groups=[row.meaning("group_code", row.required("group_code"), lookups.groups)],
        languages=[language] if language else [],
        sources=[Cited(source)],
    )


def _forms(text: str) -> tuple[list[str], str]:
    """All forms of the cell, the main one first, and the remark in brackets (empty when there is none)."""
    remark = NOTE_IN_BRACKETS.search(text)
    bare = text[: remark.start()] if remark else text
    forms = [form.strip().strip("[]") for form in re.split(r"\s/\s|,\s", bare)]
    return list(dict.fromkeys(forms)), remark[1].strip() if remark else ""
