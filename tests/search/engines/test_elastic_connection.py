"""A server that takes no connection is given up before one that is slow to answer."""

import socket
from collections.abc import Iterator

import pytest
from elastic_transport import ConnectionTimeout
from elasticsearch import Elasticsearch

from search.engines.elastic import connection
from search.engines.elastic.connection import Connection

PATIENT = 600.0  # seconds: a test that waits for this has failed


@pytest.fixture
def full_port() -> Iterator[str]:
    """An address where connecting hangs: its queue is full and nobody takes from it."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        waiting = [socket.socket() for _ in range(3)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(listener.getsockname())
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        for each in waiting:
            each.close()


@pytest.mark.parametrize("patience", [{}, {"request_timeout": PATIENT}])
def test_connecting_has_its_own_limit(full_port: str, patience: dict[str, float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "CONNECT_WITHIN", 0.1)
    client = Elasticsearch(full_port, request_timeout=PATIENT, max_retries=0, node_class=Connection)
    with pytest.raises(ConnectionTimeout):
        client.options(**patience).info()
