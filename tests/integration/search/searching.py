"""What tests of the site's search share: its index kept fresh and asked through the page."""

from typing import Any

from django.test import Client

from search.engines.registry import engine, forget_engines
from search.indexing import knowledge, outbox
from search.pages import word_suggestions
from search.semantic import installed


def fresh() -> None:
    """Forget what the process keeps between requests."""
    installed.embedder.cache_clear()
    forget_engines()
    knowledge.forget()
    word_suggestions.forget()
    outbox._paused_until.clear()


def drain(site: str) -> int:
    """Tell the index what waits, and make it findable."""
    settled = outbox.drain_all()
    engine(site).refresh()
    return settled


def titles(client: Client, query: str, **parameters: Any) -> list[str]:
    """Titles on the search page, in order."""
    response = client.get("/tim-kiem/", {"q": query, **parameters})
    assert response.status_code == 200, response.content
    return [str(hit.line.title) for hit in response.context["results"].hits]
