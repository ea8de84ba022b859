"""A record in schema.org terms (JSON-LD 1.1), for the head of its page. The domain handbook gives the class and the properties."""

from dataclasses import dataclass
from typing import Any

CONTEXT = "https://schema.org"
EVENTS = {"Event", "Festival"}  # these have the property location; other classes have contentLocation


@dataclass(frozen=True, slots=True)
class Text:
    """A text and the tag of its language; no tag where it is the page's."""

    words: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """A source: title with the page, address, licence."""

    title: str
    url: str
    licence: str


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative unit: its name, other names, and the name of the unit around it."""

    name: str
    other_names: tuple[str, ...]
    within: str


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a record; empty ones are left out of the result.

    ``identity`` is the address that names the thing in every language, ``url`` that of the page. ``days``: first and last day of each
    time that an event is held, as ISO dates, the next one first.
    """

    schema_class: str
    identity: str
    url: str
    identifier: str
    name: Text
    other_names: tuple[Text, ...]
    description: Text
    language: str
    about: tuple[str, ...]
    places: tuple[str, ...]
    licence: str
    modified: str
    publisher: str
    image: str
    sources: tuple[Cited, ...]
    days: tuple[tuple[str, str], ...] = ()


def describe(facts: Facts) -> dict[str, Any]:
    """The record as a JSON-LD object. It has only what is known and public."""
    event = facts.schema_class in EVENTS
    about_record: dict[str, Any] = {
        "@id": facts.identity,
        "url": facts.url,
        "identifier": facts.identifier,
        "name": _text(facts.name),
        "alternateName": [_text(name) for name in facts.other_names],
        "description": _text(facts.description),
        "about": [{"@type": "Thing", "name": name} for name in facts.about],
        "location" if event else "contentLocation": [{"@type": "Place", "name": name} for name in facts.places],
        "image": facts.image,
    }
    about_page = {
        "url": facts.url,
        "inLanguage": facts.language,
        "license": facts.licence,
        "dateModified": facts.modified,
        "citation": [_known("CreativeWork", name=cited.title, url=cited.url, license=cited.licence) for cited in facts.sources],
        "publisher": _known("Organization", name=facts.publisher) if facts.publisher else {},
    }
    page = _known("WebPage", **about_page)  # these are properties of a page, not of a festival or a dress
    body = about_record | (_dates(facts.days) if event else {}) | {"subjectOf": page}
    return {"@context": CONTEXT, **_known(facts.schema_class or "CreativeWork", **body)}


def portal(name: str, url: str, language: str, about: str, other_names: list[str]) -> dict[str, Any]:
    """The page of a people as a JSON-LD object."""
    return _page_about(name, url, language, _known("Thing", name=about, alternateName=other_names))


def place_page(url: str, language: str, place: Place) -> dict[str, Any]:
    """The page of an administrative unit as a JSON-LD object."""
    around = _known("AdministrativeArea", name=place.within) if place.within else {}
    area = _known("AdministrativeArea", name=place.name, alternateName=list(place.other_names), containedInPlace=around)
    return _page_about(place.name, url, language, area)


def _page_about(name: str, url: str, language: str, subject: dict[str, Any]) -> dict[str, Any]:
    return {"@context": CONTEXT, **_known("CollectionPage", name=name, url=url, inLanguage=language, about=subject)}


def collection_page(name: str, url: str, language: str) -> dict[str, Any]:
    """A page that leads to records, as a JSON-LD object."""
    return {"@context": CONTEXT, **_known("CollectionPage", name=name, url=url, inLanguage=language)}


def website(name: str, url: str, language: str, search: str) -> dict[str, Any]:
    """The site and its search, whose address ends where the words go, as a JSON-LD object."""
    action = {"@type": "SearchAction", "target": f"{search}{{words}}", "query-input": "required name=words"}
    return {"@context": CONTEXT, **_known("WebSite", name=name, url=url, inLanguage=language, potentialAction=action)}


def _dates(days: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """The next time that an event is held, and all times that are known."""
    if not days:
        return {}
    times = [{"@type": "Schedule", "startDate": first, "endDate": last} for first, last in days]
    return {"startDate": days[0][0], "endDate": days[0][1], "eventSchedule": times}


def _text(text: Text) -> str | dict[str, str]:
    return {"@value": text.words, "@language": text.language} if text.words and text.language else text.words


def _known(schema_class: str, **properties: Any) -> dict[str, Any]:
    return {"@type": schema_class} | {name: value for name, value in properties.items() if value}
