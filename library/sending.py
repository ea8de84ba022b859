"""How an answer leaves this process: in pieces, so that a reader who takes nothing away keeps no thread and no database connection.

Works with gunicorn, which names its socket in the request. A web server in front that buffers answers makes all readers fast.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import close_old_connections

PIECE = 64 * 1024  # bytes
PATIENCE = 120.0  # seconds for one piece, and for a silence while a request is read; nginx waits as long (deploy/nginx)

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Sending:
    """A WSGI application whose answers are sent in pieces. A piece that is not taken in PATIENCE seconds ends the connection."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if "gunicorn.socket" in environ:
            environ["gunicorn.socket"].settimeout(PATIENCE)
        answer = self.application(environ, start_response)
        is_file = "wsgi.file_wrapper" in environ and isinstance(answer, environ["wsgi.file_wrapper"])
        return answer if is_file else Pieces(answer)  # the server sends files by itself


class Pieces:
    """The bytes of an answer, at most PIECE at once. The database connection goes back before the first."""

    def __init__(self, answer: Iterable[bytes]) -> None:
        self.answer = answer

    def __iter__(self) -> Iterator[bytes]:
        close_old_connections()
        for part in self.answer:
            for start in range(0, len(part), PIECE):
                yield part[start : start + PIECE]

    def close(self) -> None:
        """Called by the server at the end, and when the reader went away."""
        if hasattr(self.answer, "close"):
            self.answer.close()
