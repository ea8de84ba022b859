"""`doctor` says whether the mail server lets the library in, and sends nothing."""

import base64
import socketserver
import threading
from collections.abc import Iterator

import pytest

from library.health import doctor
from tests.services.fixtures import free_port

ACCOUNT = "thu-vien\0bi-mat"


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads, block_on_close = True, False  # a client that keeps its connection open does not keep the test


class _Conversation(socketserver.StreamRequestHandler):
    """As much of SMTP as a login needs."""

    def handle(self) -> None:
        self._say("220 mail.example.vn")
        while line := self.rfile.readline().decode().strip():
            self.server.heard.append(line)  # type: ignore[attr-defined]
            if line.upper().startswith("EHLO"):
                self._say("250-mail.example.vn\r\n250 AUTH PLAIN")
            elif line.startswith("AUTH PLAIN"):
                known = base64.b64decode(line.split()[2]).decode().endswith(ACCOUNT)
                self._say("235 welcome" if known else "535 wrong name or password")
            else:
                self._say("221 bye")
                return

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def mail_server(settings) -> Iterator[list[str]]:
    """A mail server that knows one account; gives what it heard."""
    with _Server(("127.0.0.1", 0), _Conversation) as server:
        server.heard = []  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = ACCOUNT.split("\0")
        yield server.heard  # type: ignore[attr-defined]
        server.shutdown()


def test_a_server_that_lets_us_in_is_fine_and_gets_no_mail(mail_server):
    assert doctor()[0]["status"] == "ok"
    assert not any(line.upper().startswith("MAIL FROM") for line in mail_server)


def test_a_wrong_password_is_told_with_what_the_site_loses(mail_server, settings):
    settings.EMAIL_HOST_PASSWORD = "sai"
    check = doctor()[0]
    assert check["status"] == "failed"
    assert "535" in check["detail"] and check["effect"]
    assert "sai" not in check["detail"]


def test_a_server_that_is_away_is_told(mail_server, settings):
    settings.EMAIL_PORT = free_port()
    assert doctor()[0]["status"] == "failed"
