"""Bulk requests with external versions, and their answers read item by item. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from elasticsearch.serializer import JsonSerializer

from search.engines.base import EngineUnavailable, Outcome, Write, WriteResult

from .mapping import passage_source, record_source

PAUSING = (403, 429)  # read-only or overloaded: as if the server were down; a 404 with an error tells that the index is gone
REQUEST_BYTES = 5_000_000  # of one bulk request; a server or a proxy before it refuses what is too large, by its own limit
Operation = tuple[dict[str, Any], ...]  # an action, and the source that it needs

_SERIALIZER = JsonSerializer()


def bulk_operations(index: str, batch: Sequence[Write]) -> Iterator[Operation]:
    """Each record brought to its state; an older state never overwrites a newer one."""
    for write in batch:
        target = {"_index": index, "_id": str(write.id), "version": write.version, "version_type": "external_gte"}
        if write.document is None:
            yield ({"delete": target},)
        else:
            yield ({"index": target}, record_source(write.document, write.version))


def passage_operations(index: str, batch: Sequence[Write]) -> Iterator[Operation]:
    """The passages of each record, under ids of their own."""
    for write in batch:
        for passage in write.document.passages if write.document else ():
            target = {"_index": index, "_id": f"{write.id}-{passage.key}", "version": write.version, "version_type": "external_gte"}
            yield ({"index": target}, passage_source(write, passage))


def requests_of(operations: Iterable[Operation]) -> Iterator[list[bytes]]:
    """The lines of each bulk request, at most ``REQUEST_BYTES`` together. An operation that is larger is a request of its own."""
    request: list[bytes] = []
    size = 0
    for operation in operations:
        lines = [_SERIALIZER.dumps(each) + b"\n" for each in operation]
        length = sum(map(len, lines))
        if request and size + length > REQUEST_BYTES:
            yield request
            request, size = [], 0
        request += lines
        size += length
    if request:
        yield request


def stale_passages(batch: Sequence[Write]) -> dict[str, Any]:
    """A query for the passages that an earlier state of these records left behind."""
    return {
        "bool": {
            "should": [
                {
                    "bool": {
                        "filter": [
                            {"term": {"record_id": write.id}},
                            {"range": {"version": {"lt": write.version + (write.document is None)}}},
                        ]
                    }
                }
                for write in batch
            ],
            "minimum_should_match": 1,
        }
    }


def results_of(items: Sequence[dict[str, Any]]) -> list[WriteResult]:
    """What became of each record. A conflict means that the index already holds a newer state. Raises EngineUnavailable."""
    results = []
    for item in items:
        (answer,) = item.values()
        status, error = answer["status"], answer.get("error")
        if status in PAUSING or status >= 500 or (status == 404 and error):
            raise EngineUnavailable(f"Elasticsearch takes no writes now: {error}")
        outcome = Outcome.NEWER if status == 409 else Outcome.DONE if not error else Outcome.REFUSED
        results.append(WriteResult(int(answer["_id"]), outcome, f"{error['type']}: {error['reason']}" if error and status != 409 else ""))
    return results
