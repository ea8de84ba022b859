"""What a public decision says of listed heritage, as a line says it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PublicListing:
    """One listing as the decision has it. ``url`` leads to the record; it is empty where the viewer may not see that."""

    title: str
    list_name: str
    year: str
    decision: str
    places: str
    url: str
