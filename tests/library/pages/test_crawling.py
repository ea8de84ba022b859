"""What a search engine finds by following links, beside what the sitemap tells it."""

import re

import pytest
from django.conf import settings
from django.test import Client

from library.curation.load import load_pages
from library.records.models import Record
from tests.library.pages.examples import text
from tests.library.pages.test_head import CANONICAL

pytestmark = pytest.mark.django_db

LINK = re.compile(r'href="(/[^"#?]*)["#]')
FILES = ("/static/", "/tep/")
LOCATION = re.compile(r"<loc>([^<]+)</loc>")


def in_sitemap(client: Client) -> set[str]:
    sections = LOCATION.findall(text(client.get("/sitemap.xml")))
    return {address for section in sections for address in LOCATION.findall(text(client.get(section.removeprefix(settings.SITE_URL))))}


def rules(client: Client, verb: str) -> re.Pattern[str]:
    """The addresses of one kind of rule in robots.txt (RFC 9309: ``*`` is anything, ``$`` the end)."""
    lines = [line.removeprefix(f"{verb}: ") for line in text(client.get("/robots.txt")).splitlines() if line.startswith(f"{verb}: ")]
    return re.compile("|".join(re.escape(line).replace(r"\*", ".*").replace(r"\$", "$") for line in lines))


def found(client: Client, *starts: str) -> set[str]:
    """The one address of every page that is reached from the first ones, as its head tells it; filters are not followed."""
    waiting, seen, own = list(starts), set(starts), set()
    barred, allowed = rules(client, "Disallow"), rules(client, "Allow")
    while waiting:
        answer = client.get(waiting.pop())
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            page = text(answer)
            own.update(CANONICAL.findall(page))
            links = {link for link in LINK.findall(page) if allowed.match(link) or not (barred.match(link) or link.startswith(FILES))}
            waiting += sorted(links - seen)
            seen |= links
    return own


@pytest.mark.usefixtures("units")
def test_the_sitemap_names_every_page_that_links_lead_to_and_no_other(client: Client, festival: Record):
    load_pages()
    assert in_sitemap(client) ^ found(client, "/", "/en/") == set()
