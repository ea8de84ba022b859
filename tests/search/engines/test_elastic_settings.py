"""The generated settings of the Elasticsearch index."""

import json
import re
from dataclasses import replace
from types import SimpleNamespace

import pytest

from search.engines.base import EngineUnavailable, Outcome, PassageDocument, Write
from search.engines.elastic import writing
from search.engines.elastic.analysis import analyzers, char_filters, norm_notone_rules, norm_rules, token_filters
from search.engines.elastic.breaker import OPEN_FOR, OPENS_AFTER, Breaker
from search.engines.elastic.engine import ElasticEngine
from search.engines.elastic.mapping import passage_mapping, record_mapping
from search.engines.elastic.writing import results_of
from search.semantic.vectors import VectorSpace
from tests.search.conftest import document


def test_bulk_requests_are_cut_at_a_size_and_never_inside_an_operation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "REQUEST_BYTES", 20_000)
    texts = ["gốm " * words for words in (500, 10, 500, 9000, 500, 500)]
    pages = tuple(PassageDocument(str(place), "page", place, (text,), {}, ("public",)) for place, text in enumerate(texts))
    book = replace(document(1), passages=pages)
    engine = ElasticEngine("http://localhost:1", "library", ())
    requests: list[list[bytes]] = []

    def answer(operations: list[bytes], **_options: object) -> dict[str, object]:
        requests.append(operations)
        actions = [json.loads(line) for line in operations if line.startswith((b'{"index":', b'{"delete":'))]
        return {"items": [{kind: {**target, "status": 200}} for action in actions for kind, target in action.items()]}

    monkeypatch.setattr(engine, "_patient", SimpleNamespace(bulk=answer))
    results = engine.load({"records": "library-records-1", "moments": "library-moments-1"}, [Write(1, 7, book), Write(2, 7, None)])
    assert [(result.id, result.outcome) for result in results] == [(1, Outcome.DONE), (2, Outcome.DONE)]
    assert len(requests) > 2
    assert all(request[0].startswith(b'{"index"') for request in requests)
    assert [len(request) for request in requests if sum(map(len, request)) > 20_000] == [2], "only one passage is larger, and alone"


def test_the_number_of_rules_is_pinned() -> None:
    assert len(norm_rules()) == 839
    assert len(norm_notone_rules()) == 451


def test_no_rule_maps_a_text_to_itself_and_every_key_is_an_escape() -> None:
    assert not [typed for typed, written in (norm_rules() | norm_notone_rules()).items() if typed == written]
    for char_filter in char_filters().values():
        for rule in char_filter["mappings"]:
            assert re.fullmatch(r"(\\u[0-9A-F]{4})+ => (\\u[0-9A-F]{4})*", rule)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("oà", "òa"),
        ("OÁ", "ÓA"),
        ("uỷ", "ủy"),
        ("uy\u0309", "ủy"),
        ("quý", "quí"),
        ("oa\u0323\u0306", "oặ"),
        ("a\u0303\u0302", "ẫ"),
        ("’", ""),
    ],
)
def test_rules_bring_one_spelling(typed: str, written: str) -> None:
    assert norm_rules()[typed] == written


def test_every_analyzer_uses_only_filters_that_are_defined_or_built_in() -> None:
    built_in = {"lowercase", "asciifolding"}
    for name, analyzer in analyzers().items():
        assert set(analyzer.get("filter", [])) <= set(token_filters()) | built_in, name
        assert set(analyzer.get("char_filter", [])) <= set(char_filters()), name


def test_mappings_refuse_unknown_fields_and_hold_the_facets() -> None:
    mapping = record_mapping(("groups", "type"), None)
    assert mapping["dynamic"] == passage_mapping()["dynamic"] == "strict"
    assert set(mapping["properties"]["facets"]["properties"]) == {"groups", "type"}
    assert "index" not in mapping["properties"]["body"]
    assert mapping["properties"]["body"]["fields"]["fold"]["term_vector"] == "with_positions_offsets"
    assert "vector" not in mapping["properties"]
    assert record_mapping((), VectorSpace("three", 3))["properties"]["vector"]["dims"] == 3


class Clock:
    """Monotonic seconds that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_breaker_opens_after_failures_in_a_row_and_lets_the_next_try_pass_later() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    for _ in range(OPENS_AFTER - 1):
        breaker.failed()
    assert not breaker.open
    breaker.answered()
    for _ in range(OPENS_AFTER):
        breaker.failed()
    assert breaker.open
    clock.now = OPEN_FOR + 1
    assert not breaker.open
    breaker.failed()
    assert breaker.open


def answer(kind: str = "index", **fields: object) -> list[dict]:
    return [{kind: {"_index": "x-records", "_id": "7", **fields}}]


@pytest.mark.parametrize(
    ("items", "outcome"),
    [
        (answer(status=201), Outcome.DONE),
        (answer("delete", status=404), Outcome.DONE),
        (answer(status=409, error={"type": "version_conflict_engine_exception", "reason": "newer"}), Outcome.NEWER),
        (answer(status=400, error={"type": "mapper_parsing_exception", "reason": "bad"}), Outcome.REFUSED),
    ],
)
def test_each_item_of_a_bulk_answer_is_read_by_itself(items: list[dict], outcome: Outcome) -> None:
    assert [result.outcome for result in results_of(items)] == [outcome]


@pytest.mark.parametrize("status", [403, 404, 429, 503])
def test_an_index_that_takes_no_writes_pauses_the_sink(status: int) -> None:
    with pytest.raises(EngineUnavailable):
        results_of(answer(status=status, error={"type": "any", "reason": "any"}))
