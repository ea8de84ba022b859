"""How long Elasticsearch is waited for: little for a connection, more for an answer."""

from typing import Any

from elastic_transport import NodeConfig, Urllib3HttpNode
from elastic_transport.client_utils import DEFAULT
from urllib3 import Timeout

CONNECT_WITHIN = 1.0  # seconds


class Connection(Urllib3HttpNode):
    """A node whose time limits count from the connection on; connecting has its own, short one."""

    def __init__(self, config: NodeConfig) -> None:
        super().__init__(config)
        self.pool.timeout = _limits(config.request_timeout)

    def perform_request(self, method: str, target: str, body: Any = None, headers: Any = None, request_timeout: Any = DEFAULT) -> Any:
        """Sends a request; ``request_timeout`` is seconds for the answer."""
        limits: Any = request_timeout if request_timeout is DEFAULT else _limits(request_timeout)
        return super().perform_request(method, target, body, headers, limits)


def _limits(answer_within: float | None) -> Timeout:
    return Timeout(connect=CONNECT_WITHIN, read=answer_within)
