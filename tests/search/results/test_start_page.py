"""The examples of the empty search are questions that are known to be answered."""

from django.conf import settings

from search.analysis import keys_of
from search.pages.start import EXAMPLES
from search.quality.judgements import judged_queries


def _folded(words: str) -> list[str]:
    return [word.fold for word in keys_of(words)]


def test_every_example_is_a_judged_need() -> None:
    judged = [_folded(query.typed) for query in judged_queries(settings.COLLECTIONS_DIR / "starter" / "queries.tsv")]
    assert [example for examples in EXAMPLES.values() for example in examples if _folded(example) not in judged] == []
