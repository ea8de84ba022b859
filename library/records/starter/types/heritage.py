"""Listings of intangible heritage, and practices that were listed more than once. A practice and its listings are different records."""

import re
from collections.abc import Sequence
from typing import Any

from library.vocabularies.loading.rows import Row
from library.vocabularies.models import EthnicGroup, Term

from ...models.choices import Confidence, ReviewState
from ..drafts import MINISTRY, VIETNAMESE, Draft, Lookups, common

HERITAGE = "heritage-element"
LISTS = {
    "RL": ("Danh sách đại diện", "Representative List"),
    "USL": ("Danh sách cần bảo vệ khẩn cấp", "Urgent Safeguarding List"),
    "": ("Danh mục quốc gia", "National List"),
}
INFERRED_YEARS = ("2019", "2021", "2025", "2026")  # partly inferred from other dates: doubtful unless the confidence of the row is high
PLACE_IN_BRACKETS = re.compile(r" \(([^()]+)\)$")


def listing_draft(row: Row, lookups: Lookups) -> Draft:
    """The draft of one listing: title and places as in the decision; year and number where they are known."""
    basics = common(row, lookups)
    category = _category(row, lookups)
    title = _title_in_decision(row)
    return Draft(
        record_type=HERITAGE,
        title_en=row.text("gloss_en"),
        summary_vi=_summary_vi(row, category, basics["groups"]),
        summary_en=_summary_en(row, category, basics["groups"]),
        details={"category": category.code, "listings": [_listing(row, title)]},
        unesco_domains=domains_of(category, lookups),
        texts=[("original_title", VIETNAMESE, title)],
        **basics,
    )


def practice_draft(row: Row, lookups: Lookups, listings: dict[str, Draft]) -> Draft:
    """The draft of a practice with all its listings. We decided which listings belong together, so the confidence is medium."""
    own_listings = [row.meaning("listings", key, listings) for key in row.values("listings")]
    category = _category(row, lookups)
    count = len(own_listings)
    return Draft(
        row=row,
        source_key=row.required("id"),
        record_type=HERITAGE,
        title_vi=row.required("name_vi"),
        title_en=row.text("name_en"),
        summary_vi=f"Thực hành đã được ghi danh {count} lần, ở nhiều nơi, dưới những tên khác nhau.",
        summary_en=f"A practice that has been listed {count} times, in several places, under different titles.",
        details={"category": category.code, "listings": [draft.details["listings"][0] for draft in own_listings]},
        confidence=Confidence.MEDIUM,
        state=ReviewState.NEEDS_CHECKING,
        access=row.text("access") or "public",
        office=MINISTRY,
        groups=row.meanings("group_codes", lookups.groups),
        places=_each_once(own_listings, "places"),
        former_units=_each_once(own_listings, "former_units"),
        unesco_domains=domains_of(category, lookups),
        sources=_each_once(own_listings, "sources"),
    )


def domains_of(category: Term, lookups: Lookups) -> list[Term]:
    """UNESCO's domains that a kind of heritage falls under."""
    return [lookups.terms("unesco_ich_domains")[code] for code in category.extra["unesco_domains"].split(";")]


def _category(row: Row, lookups: Lookups) -> Term:
    by_label = {term.label_vi: term for term in lookups.terms("vn_ich_categories").values()}
    return row.meaning("category", row.required("category"), by_label)


def _title_in_decision(row: Row) -> str:
    """The title without the place in brackets that the file adds to distinguish equal titles."""
    title = row.required("name_vi")
    suffix = PLACE_IN_BRACKETS.search(title)
    places = [*row.values("provinces_before_2025"), *(part.strip() for part in re.split("[;,]", row.text("places")))]
    return title[: suffix.start()] if suffix and suffix[1] in places else title


def _listing(row: Row, title: str) -> dict[str, Any]:
    year = row.text("year")
    listing = {
        "level": row.required("level"),
        "list": row.meaning("unesco_list", row.text("unesco_list"), LISTS)[0],
        "title": title,
        "year": year,
        "decision": row.text("decision"),
        "places": ", ".join(part for part in (row.text("places"), row.text("provinces_before_2025")) if part),
        "source": "; ".join(row.sources()),
    }
    doubtful = year in INFERRED_YEARS and row.text("confidence") != Confidence.HIGH
    return listing | ({"year_confidence": Confidence.MEDIUM} if doubtful else {})


def _summary_vi(row: Row, category: Term, groups: Sequence[EthnicGroup]) -> str:
    level = "UNESCO ghi danh" if row.text("level") == "unesco" else "Việt Nam ghi danh ở cấp quốc gia"
    year = f" năm {row.text('year')}" if row.text("year") else ""
    whose = " và ".join(filter(None, [", ".join(group.name_vi for group in groups[:-1]), groups[-1].name_vi]))
    where = ", ".join(row.values("provinces_before_2025"))
    return f"Di sản văn hóa phi vật thể do {level}{year}. Loại hình: {category.label_vi}. Của người {whose}, ở {where}."


def _summary_en(row: Row, category: Term, groups: Sequence[EthnicGroup]) -> str:
    level = "listed by UNESCO" if row.text("level") == "unesco" else "on Viet Nam's national list"
    year = f" since {row.text('year')}" if row.text("year") else ""
    whose = ", ".join(group.name_en for group in groups)
    where = ", ".join(row.values("provinces_before_2025"))
    return f"Intangible cultural heritage {level}{year}. Kind: {category.label_en}. Of the {whose}, in {where}."


def _each_once(drafts: Sequence[Draft], name: str) -> list[Any]:
    return list(dict.fromkeys(thing for draft in drafts for thing in getattr(draft, name)))
