"""Loading the word lists: all of them or none, and unchanged files are not read again."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from library.lexicon.load import load_words
from library.lexicon.models import Concept, Word, WordList

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("authorities")]


def test_word_lists_are_loaded_once_and_read_again_when_a_file_changed(tmp_path: Path):
    folder = shutil.copytree(settings.COLLECTIONS_DIR / "words", tmp_path / "words")
    assert load_words(folder).changed == Concept.objects.count() + WordList.objects.count() + Word.objects.count() > 10_000
    assert not WordList.objects.filter(groups=None).exists()
    assert load_words(folder, if_changed=True).unchanged.total() == 0, "nothing was read"
    with (folder / "concepts.csv").open("a", encoding="utf-8") as file:
        file.write("tone,thanh,tone,other,,149\r\n")
    assert load_words(folder, if_changed=True).created.total() == 1


def test_a_word_of_an_unknown_list_is_named_and_nothing_is_loaded(tmp_path: Path):
    folder = shutil.copytree(settings.COLLECTIONS_DIR / "words", tmp_path / "words")
    (folder / "words.csv").write_text("list,concept,form,ipa,note\r\nkhong-co,moon,klaŋ,,\r\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"words\.csv, dòng 2, cột list"):
        call_command("load_words", folder=folder)
    assert not Concept.objects.exists()
