"""A proxy in front of a service whose connections can be made slow, hung or broken: toxiproxy's control API."""

import json
import urllib.request
from types import TracebackType
from typing import Any
from uuid import uuid4


class Toxics:
    """``with Toxics(control, "127.0.0.1:9000") as proxy``: connect to ``proxy.address``, then ``proxy.add("latency", latency=5000)``."""

    def __init__(self, control: str, upstream: str) -> None:
        self._control, self._name = control, uuid4().hex
        self.address: str = self._call("POST", "proxies", {"name": self._name, "listen": "127.0.0.1:0", "upstream": upstream})["listen"]

    def __enter__(self) -> "Toxics":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._call("DELETE", f"proxies/{self._name}")

    def add(self, kind: str, stream: str = "downstream", **attributes: int) -> None:
        """From now on each connection has this: latency (ms), timeout (ms; 0 hangs for ever), reset_peer, limit_data (bytes), bandwidth."""
        self._call("POST", f"proxies/{self._name}/toxics", {"type": kind, "stream": stream, "attributes": attributes})

    def refuse(self) -> None:
        """Nobody listens any more."""
        self._call("POST", f"proxies/{self._name}", {"enabled": False})

    def heal(self) -> None:
        """As if nothing had been."""
        for toxic in self._call("GET", f"proxies/{self._name}/toxics"):
            self._call("DELETE", f"proxies/{self._name}/toxics/{toxic['name']}")
        self._call("POST", f"proxies/{self._name}", {"enabled": True})

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(f"{self._control}/{path}", data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            text = answer.read()
        return json.loads(text) if text else None
