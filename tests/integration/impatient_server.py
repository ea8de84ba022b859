"""The web application with little patience and small buffers, for a test with a slow reader; one export and one sitemap at once."""

import socket

from django.conf import settings

from library import sending

settings.REQUEST_LIMITS = "export=1/0,feeds=1/0"
sending.PATIENCE = 5.0

from library.wsgi import application as library_application  # noqa: E402  (it reads the settings above)


def application(environ, start_response):
    environ["gunicorn.socket"].setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)  # else the system keeps the whole answer
    return library_application(environ, start_response)
