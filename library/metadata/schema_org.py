"""A record as schema.org sees it, for the head of its page (JSON-LD 1.1). Class and properties as the domain handbook maps them."""

from dataclasses import dataclass
from typing import Any

EVENTS = {"Event", "Festival"}  # these know location where other classes know contentLocation


@dataclass(frozen=True, slots=True)
class Facts:
    """What is told of a record; empty facts are left out."""

    schema_class: str
    url: str
    identifier: str
    name: str
    other_names: tuple[str, ...]
    description: str
    language: str
    about: tuple[str, ...]
    places: tuple[str, ...]
    licence: str
    modified: str
    publisher: str
    image: str
    sources: tuple[str, ...]


def describe(facts: Facts) -> dict[str, Any]:
    """The record as a JSON-LD object. Only what is known and public is in it."""
    event = facts.schema_class in EVENTS
    told: dict[str, Any] = {
        "@id": facts.url,
        "url": facts.url,
        "identifier": facts.identifier,
        "name": facts.name,
        "alternateName": list(facts.other_names),
        "description": facts.description,
        "about": [{"@type": "Thing", "name": name} for name in facts.about],
        "location" if event else "contentLocation": [{"@type": "Place", "name": name} for name in facts.places],
        "image": facts.image,
    }
    written = {
        "inLanguage": facts.language,
        "license": facts.licence,
        "dateModified": facts.modified,
        "citation": list(facts.sources),
        "publisher": {"@type": "Organization", "name": facts.publisher} if facts.publisher else {},
    }
    page = {"@type": "WebPage", **written}  # what is said of the page must not be said of a festival or a dress
    body = {key: value for key, value in told.items() if value} | {"subjectOf": {key: value for key, value in page.items() if value}}
    return {"@context": "https://schema.org", "@type": facts.schema_class or "CreativeWork", **body}
