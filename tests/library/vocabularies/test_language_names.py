"""What a language is called, whatever a file or a person calls it."""

import pytest
from django.utils.translation import override

from library.vocabularies.lookup import forget_term_labels, language_name, term_labels, term_labels_read_once
from library.vocabularies.models import Term

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("authorities")]


@pytest.mark.parametrize(
    ("tag", "vietnamese", "english"),
    [
        ("tyz", "tiếng Tày", "Tày"),
        ("vie", "tiếng Việt", "Vietnamese"),
        ("khm", "tiếng Khmer", "Khmer"),
        ("tyz-x-caobang", "tiếng Tày", "Tày"),
        ("eng", "tiếng Anh", "English"),
        ("qaa", "qaa", "qaa"),
        ("", "", ""),
    ],
)
def test_a_language_has_a_name_in_both_languages_of_the_site(tag: str, vietnamese: str, english: str) -> None:
    forget_term_labels()
    with override("vi"):
        assert language_name(tag) == vietnamese
    with override("en"):
        assert language_name(tag) == english


def test_work_over_many_records_reads_a_vocabulary_once() -> None:
    forget_term_labels()
    with term_labels_read_once():
        before = term_labels("languages")["tyz"]
        Term.objects.filter(vocabulary__code="languages", code="tyz").update(label_vi="tiếng Tày mới")
        forget_term_labels()
        assert term_labels("languages")["tyz"] == before
    assert term_labels("languages")["tyz"][0] == "tiếng Tày mới"
    forget_term_labels()
