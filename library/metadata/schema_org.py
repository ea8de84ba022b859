"""A record in schema.org terms (JSON-LD 1.1), for the head of its page. The domain handbook gives the class and the properties."""

from dataclasses import dataclass
from typing import Any

EVENTS = {"Event", "Festival"}  # these have the property location; other classes have contentLocation


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a record; empty ones are left out of the result."""

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
    """The record as a JSON-LD object. It has only what is known and public."""
    event = facts.schema_class in EVENTS
    about_record: dict[str, Any] = {
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
    about_page = {
        "inLanguage": facts.language,
        "license": facts.licence,
        "dateModified": facts.modified,
        "citation": list(facts.sources),
        "publisher": {"@type": "Organization", "name": facts.publisher} if facts.publisher else {},
    }
    page = {"@type": "WebPage", **about_page}  # these are properties of a page, not of a festival or a dress
    body = {key: value for key, value in about_record.items() if value} | {
        "subjectOf": {key: value for key, value in page.items() if value}
    }
    return {"@context": "https://schema.org", "@type": facts.schema_class or "CreativeWork", **body}
