"""The fields of the embedded index."""

import pytest

from search.analysis import analysed, tier_texts
from search.engines.base import LONGEST_RECURRING, RECORD_TIERS, SearchDocument
from search.engines.embedded.fields import field_name, record_fields

LONG = "Hát Ca trù của người Kinh ở Hà Nội, Bắc Ninh; kỹ thuật 12 giọng"
assert len(LONG) > max(LONGEST_RECURRING.values())


@pytest.mark.parametrize("field", RECORD_TIERS)
def test_texts_analysed_one_by_one_give_the_tokens_that_they_give_together(field: str) -> None:
    texts = ("Mông", "ꪼꪕ Thái đen", LONG, "—", "Lào Cai", "plain words only", "Mông")
    for _ in ("worked out", "taken as it was kept"):
        tokens = record_fields(SearchDocument(id=1, texts={field: texts}, access_tokens=())).tokens
        together = tier_texts((*RECORD_TIERS[field], "nospace"), analysed(texts))
        names = {tier: field_name(field, tier) for tier in RECORD_TIERS[field]} | {"nospace": "nospace"}
        assert {tier: tokens[name] for tier, name in names.items()} == {tier: together[tier] for tier in names}
        assert tokens["all_fold"] == " ".join(dict.fromkeys(together["fold"].split()))


def test_the_same_text_gives_each_field_its_own_tiers() -> None:
    tokens = record_fields(SearchDocument(id=1, texts={"names": ("Kỳ Lừa",), "body": ("Kỳ Lừa",)}, access_tokens=())).tokens
    assert {tokens[field_name(field, "fold2")] for field in ("names", "body")} == {"ki_lua"}
    assert "body_prefix" not in tokens and "ky" in tokens["names_prefix"].split()
