"""The fields of the embedded index."""

from search.analysis import analysed, tier_texts
from search.engines.base import RECORD_TIERS, SearchDocument
from search.engines.embedded.fields import field_name, record_fields


def test_names_analysed_one_by_one_give_the_tokens_that_they_give_together() -> None:
    names = ("Mông", "ꪼꪕ Thái đen", "—", "Lào Cai", "Mông")
    tokens = record_fields(SearchDocument(id=1, texts={"names": names}, access_tokens=())).tokens
    together = tier_texts((*RECORD_TIERS["names"], "nospace"), analysed(names))
    assert {tier: tokens[field_name("names", tier)] for tier in RECORD_TIERS["names"]} | {"nospace": tokens["nospace"]} == together
