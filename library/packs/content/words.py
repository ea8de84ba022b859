"""The word lists of a people, each as a page of the pack."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from library.language.letters import typed_key
from library.lexicon.models import WordList
from library.presentation.words.dictionaries import Dictionary, dictionary
from library.presentation.words.lists import ListLine, list_line
from library.vocabularies.models import EthnicGroup

from .frame import Frame


@dataclass(frozen=True, slots=True)
class WrittenList:
    """One list: its page, its line, and each of its words with what it means and how one would type it."""

    path: str
    html: str
    line: ListLine
    entries: list[tuple[str, str, str]]


def lists_of_subject(owner: Any) -> list[WordList]:
    """The word lists of a people; none of anything else."""
    return list(owner.word_lists.order_by("code")) if isinstance(owner, EthnicGroup) else []


def path_of_list(words: WordList) -> str:
    """Where the page of a list lies in a pack."""
    return f"words/{words.code}.html"


def written_lists(lists: list[WordList], frame: Frame) -> Iterator[WrittenList]:
    """The pages of the lists."""
    for words in lists:
        shown, path = dictionary(words, "", ""), path_of_list(words)
        told = list_line(words, shown.total)
        html = frame.page("words.html", {"words": words, "line": told, "dictionary": shown}, path)
        yield WrittenList(path, html, told, _entries(shown))


def _entries(shown: Dictionary) -> list[tuple[str, str, str]]:
    return [(entry.text.plain, entry.meaning.plain, typed_key(entry.text.plain)) for letter in shown.letters for entry in letter.entries]
