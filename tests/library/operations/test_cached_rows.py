"""What is read while rows change is never kept after the change."""

from typing import Any

import pytest
from django.core.cache import cache

from library.caching.rows import cached, forget
from library.vocabularies.lookup import term_choices
from tests.factories import make_term

KEY = "rows-of-a-test"


def _during(change: Any) -> str:
    """A request that reads the old rows while another changes them."""

    def read() -> str:
        change()
        return "old"

    return cached(KEY, read, 60)


def test_what_was_read_once_is_kept() -> None:
    assert [cached(KEY, lambda: "first", 60), cached(KEY, lambda: "second", 60)] == ["first", "first"]


@pytest.mark.django_db
def test_what_was_read_while_rows_changed_is_given_and_not_kept() -> None:
    assert _during(lambda: forget([KEY])) == "old"
    assert cached(KEY, lambda: "new", 60) == "new"


@pytest.mark.django_db
def test_what_was_read_before_the_change_was_stored_is_not_kept(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        forget([KEY])
        assert cached(KEY, lambda: "old", 60) == "old"
    assert cached(KEY, lambda: "new", 60) == "new"


@pytest.mark.django_db
def test_a_new_term_is_offered_although_a_list_was_made_before_it_was_stored(django_capture_on_commit_callbacks: Any) -> None:
    make_term("materials", "bong", "Vải bông")
    old = term_choices("materials")
    with django_capture_on_commit_callbacks(execute=True):
        make_term("materials", "soi-gai", "Sợi gai")
        cache.set("term-choices:materials", [], 60)  # as a request that does not see the new term yet
    assert [code for code, _label in term_choices("materials")] == [old[0][0], "soi-gai"]
