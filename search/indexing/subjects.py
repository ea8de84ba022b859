"""What a record is about in English: the subjects whose Vietnamese words stand in its own texts."""

import re
from collections.abc import Iterable, Mapping

from library.vocabularies.lookup import term_labels

VOCABULARY = "subjects"
Labels = Mapping[str, tuple[str, str]]  # code → Vietnamese words and English words of a subject, with commas between


class _Subjects:
    """What finds the words of the subjects, the longer first ("cơm mới" before "cơm"), and the English of each."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels
        self.english = {word.strip().lower(): english for words, english in labels.values() for word in words.split(",")}
        longest_first = sorted(self.english, key=len, reverse=True)
        self.pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


_last: list[_Subjects] = []  # none or one


def subjects_in(texts: Iterable[str]) -> list[str]:
    """The English words of each subject named in Vietnamese texts, each once."""
    labels = term_labels(VOCABULARY)
    if not labels:
        return []
    subjects = _subjects(labels)
    found = subjects.pattern.findall
    return list(dict.fromkeys(subjects.english[word] for text in texts if text for word in found(text.lower())))


def _subjects(labels: Labels) -> _Subjects:
    """Worked out anew only for other labels. While many records are read they are the same object, which is seen at a glance."""
    last = _last[0] if _last else None
    if last is None or (labels is not last.labels and labels != last.labels):
        last = _Subjects(labels)
        _last[:] = [last]
    return last
