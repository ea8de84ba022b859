"""Loads the stories of the starter collection over its records. A story that exists is never changed."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import yaml
from django.conf import settings
from django.db import transaction

from library.records.models import Record
from library.vocabularies.loading.folders import is_loaded, remember
from library.vocabularies.models import Source

from .load import story_index
from .models import SiteRoot, StoryPage

NAME = "stories"
NAMES_RECORD, NAMES_RECORDS = {"record", "first", "second"}, "records"
TEXTS = ("slug", "title_en", "lede_vi", "lede_en")


def load_stories(folder: Path | None = None, *, if_changed: bool = False) -> list[str]:
    """Creates each missing story of collections/starter/stories; returns the slugs of the new ones.

    Needs the root of the editorial pages (load_pages) and the records of the starter collection. Raises KeyError where a story names a
    record or a source that there is not; then no story is loaded. ``if_changed``: nothing is done when the files are those of the last
    load, so a story that staff have deleted stays away.
    """
    folder = folder or settings.COLLECTIONS_DIR / "starter" / NAME
    if if_changed and is_loaded(NAME, folder):
        return []
    with transaction.atomic():
        index = story_index(SiteRoot.objects.get())
        existing = set(StoryPage.objects.child_of(index).values_list("slug", flat=True))
        texts = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.yaml"))]
        new_texts = [text for text in texts if text["slug"] not in existing]
        keys = dict(Record.objects.exclude(source_key=None).values_list("source_key", "pk")) if new_texts else {}
        for text in new_texts:
            index.add_child(instance=_story(text, keys)).save_revision().publish()
        remember(NAME, folder)
    return [text["slug"] for text in new_texts]


def _story(text: dict[str, Any], keys: dict[str | None, int]) -> StoryPage:
    titles = {source.code: source.title for source in Source.objects.filter(code__in=text["sources"])}
    return StoryPage(
        title=text["title_vi"],
        cover_id=keys[text["cover"]],
        sources_vi="\n".join(titles[code] for code in text["sources"]),
        body=[_block(name, value, keys) for block in text["body"] for name, value in block.items()],
        **{name: text[name] for name in TEXTS},
    )


def _block(name: str, value: dict[str, Any], keys: dict[str | None, int]) -> dict[str, Any]:
    return {"type": name, "value": _with_keys(value, keys), "id": str(uuid4())}


def _with_keys(value: Any, keys: dict[str | None, int]) -> Any:
    """The value of a block with the keys of the records that it names by their keys in the starter files."""
    if isinstance(value, list):
        return [_with_keys(part, keys) for part in value]
    if not isinstance(value, dict):
        return value
    return {name: _part(name, part, keys) for name, part in value.items()}


def _part(name: str, part: Any, keys: dict[str | None, int]) -> Any:
    if name in NAMES_RECORD:
        return keys[part]
    return [keys[key] for key in part] if name == NAMES_RECORDS else _with_keys(part, keys)
