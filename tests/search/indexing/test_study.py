"""What is learned about spelling while an index is built."""

from pathlib import Path
from typing import Any

import pytest

from search.engines.base import LONGEST_RECURRING, SearchDocument
from search.indexing.knowledge import Study
from search.understanding import LearnedLexicon

SHORT, LONG = "Hát Ca trù", "Hát Ca trù của người Kinh ở Hà Nội, Hải Phòng và Bắc Ninh"
assert len(SHORT) <= LONGEST_RECURRING["body"] < len(LONG)


@pytest.mark.django_db
def test_words_count_alike_in_texts_that_stand_in_many_records_and_in_others(settings: Any, tmp_path: Path) -> None:
    settings.SEARCH_INDEX_DIR = tmp_path
    study = Study()
    for number in range(2):
        study.read([
            SearchDocument(id=number, texts={"title": (SHORT,), "body": (SHORT, LONG, SHORT)}, access_tokens=("public",)),
            SearchDocument(id=9, texts={"title": ("Bí mật",)}, access_tokens=("signed_in",)),
        ])  # fmt: skip
    study.save()
    (path,) = tmp_path.rglob("lexicon*")
    learned = LearnedLexicon(path)
    assert learned.occurrences("tru", "fold") == sum(learned.pairs("ca", "tru").values()) == 8
    assert learned.occurrences("bi", "fold") == 0
