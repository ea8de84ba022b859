"""Asks for every page of ``make bench-pages`` alone, inside one process: queries, and milliseconds of CPU. Prints JSON.

DJANGO_SETTINGS_MODULE=library.settings.dev LIBRARY_VAR_DIR=FOLDER python -m tests.bench.page_queries
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import django
from django.conf import settings
from django.db import connection
from django.test import Client

from tests.bench.page_addresses import ANONYMOUS, PAGES

TIMES = 5  # of them the least counts: what others do on the machine only adds


def main() -> None:
    """``pages``: page of a reader → most queries of its addresses, and the sum of their least ms of CPU. ``cookies``: login → session."""
    django.setup()
    settings.ALLOWED_HOSTS = ["testserver"]
    readers = {login: reader_of(login) for _page, login, _addresses in PAGES.values()}
    chosen = sys.argv[1:]
    pages = {
        name: _asked(readers[login], addresses)
        for name, (_page, login, addresses) in PAGES.items()
        if not chosen or any(word in name for word in chosen)
    }
    cookies = {login: _cookie(reader) for login, reader in readers.items()}
    print(json.dumps({"pages": pages, "cookies": cookies}, ensure_ascii=False))


def reader_of(login: str) -> Client:
    """A client that is signed in as a demonstration login; anonymous without one."""
    from library.accounts.models import User

    client = Client(headers={"Accept-Encoding": "gzip"})
    if login != ANONYMOUS:
        client.force_login(User.objects.get(username=login), backend="django.contrib.auth.backends.ModelBackend")
    return client


def _cookie(reader: Client) -> str:
    session = reader.cookies.get(settings.SESSION_COOKIE_NAME)
    return f"{settings.SESSION_COOKIE_NAME}={session.value}" if session else ""


def _asked(client: Client, addresses: list[str]) -> tuple[int, float]:
    asked = [_ask_often(client, address) for address in addresses]
    return max(queries for queries, _milliseconds in asked), sum(milliseconds for _queries, milliseconds in asked)


def _ask_often(client: Client, address: str) -> tuple[int, float]:
    _read(client, address)
    queries: list[str] = []

    def count(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        queries.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        _read(client, address)
    taken = []
    for _ in range(TIMES):
        started = time.process_time()
        _read(client, address)
        taken.append((time.process_time() - started) * 1000)
    return len(queries), min(taken)


def _read(client: Client, address: str) -> None:
    answer = client.get(address)
    if answer.streaming:
        b"".join(answer.streaming_content)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")


if __name__ == "__main__":
    main()
