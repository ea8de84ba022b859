"""Songs, tales, music, dances."""

from library.vocabularies.loading.rows import Row

from ..drafts import UNDETERMINED, Draft, Lookups, described, names, noted

GENRES = {
    "dân ca": "song",
    "nhạc cụ, hòa tấu": "music",
    "múa": "dance",
    "truyện cổ": "tale",
    "sử thi": "epic",
    "sân khấu": "theatre",
}
# Words of the file → occasion. What is none of these stays in the note, in the words of the file.
OCCASIONS = {
    "lễ hội": "festival",
    "lễ hội thần Lúa": "festival",
    "lễ Katê": "festival",
    "lễ Rija Nagar": "festival",
    "hội": "festival",
    "ngày hội": "festival",
    "đám cưới": "wedding",
    "tang lễ": "funeral",
    "lao động": "work",
    "giao duyên": "courtship",
    "ru con": "cradle",
    "sân khấu": "stage",
    "liên hoan": "stage",
}


def performance_draft(row: Row, lookups: Lookups) -> Draft:
    """The draft of one form of art. Instruments stay in words: the file does not say which record is meant."""
    occasions = [OCCASIONS[words] for words in row.values("occasion_vi") if words in OCCASIONS]
    return Draft(
        record_type="performance",
        details={"genre": [row.meaning("form", row.required("form"), GENRES)], "occasion": list(dict.fromkeys(occasions))},
        texts=[*names(row, "vernacular_name", UNDETERMINED), *noted(row, occasion_vi="Dịp", instruments="Nhạc cụ")],
        **described(row, lookups),
    )
