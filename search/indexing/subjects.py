"""What a record is about in English: the subjects whose Vietnamese words stand in its own texts."""

import re
from collections.abc import Iterable
from functools import lru_cache

from library.vocabularies.lookup import term_labels

VOCABULARY = "subjects"
Subjects = tuple[tuple[str, str], ...]  # Vietnamese words and English words of each, with commas between


def subjects_in(texts: Iterable[str]) -> list[str]:
    """The English words of each subject named in Vietnamese texts, each once."""
    subjects = tuple(term_labels(VOCABULARY).values())
    if not subjects:
        return []
    pattern, english = _pattern(subjects)
    return list(dict.fromkeys(english[word] for text in texts for word in pattern.findall(text.lower())))


@lru_cache(maxsize=1)
def _pattern(subjects: Subjects) -> tuple[re.Pattern[str], dict[str, str]]:
    """What finds the words, the longer first ("cơm mới" before "cơm"), and the English of each."""
    english = {word.strip().lower(): labels for words, labels in subjects for word in words.split(",")}
    longest_first = sorted(english, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)"), english
