"""A small OpenID Connect service: what a test says it is, it says of whoever comes."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt

CLIENT, SECRET = "thu-vien", "mot-bi-mat-dai-cua-thu-vien-2026"


@dataclass
class Service:
    """The service: its address, whom it vouches for, and what it was asked."""

    url: str
    claims: dict[str, Any] = field(default_factory=dict)
    challenge: str = ""  # PKCE: what the sign-in began with
    refuses: bool = False

    def begin(self, address: str) -> str:
        """What a browser does that was sent to ``address``: it comes back with a code. Returns the query of the way back."""
        asked = parse_qs(urlsplit(address).query)
        assert asked["client_id"] == [CLIENT] and "openid" in asked["scope"][0]
        self.challenge = asked["code_challenge"][0]
        return f"?code=mot-ma&state={asked['state'][0]}"


def _handler(service: Service) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args: Any) -> None:
            return

        def do_GET(self) -> None:
            if self.path.endswith("/.well-known/openid-configuration"):
                names = ("authorization", "token", "userinfo")
                endpoints = {f"{name}_endpoint": f"{service.url}/{name}" for name in names}
                return self._answer({"issuer": service.url, "jwks_uri": f"{service.url}/keys"} | endpoints)
            return self._answer(service.claims)

        def do_POST(self) -> None:
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            digest = hashlib.sha256(sent["code_verifier"][0].encode()).digest()
            proven = base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == service.challenge
            if service.refuses or not proven:
                return self._answer({"error": "invalid_grant"}, 400)
            now = int(time.time())
            claims = {"iss": service.url, "aud": CLIENT, "iat": now, "exp": now + 60} | service.claims
            return self._answer({"access_token": "x", "token_type": "Bearer", "id_token": jwt.encode(claims, SECRET, "HS256")})

        def _answer(self, value: Any, status: int = 200) -> None:
            body = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler


@contextmanager
def oidc_service() -> Iterator[Service]:
    """The service on a port of its own, until the test ends."""
    service = Service("")
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(service))
    service.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
