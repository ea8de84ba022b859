"""The starter collection without its files, loaded and indexed once for this folder of tests, and a site that answers with one engine."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as installed
from django.db import transaction
from django.test import override_settings

from library.calendars.lunar import BRANCHES, STEMS
from library.curation.load import load_pages
from library.curation.load_stories import load_stories
from library.lexicon.load import load_words
from library.lexicon.models import Word, WordList
from library.pages.queries import remembered
from library.records.models import Record
from library.records.profiles import profile
from library.records.profiles.values import stored_values
from library.records.starter.load import load_starter
from library.vocabularies.load import load_authorities
from library.vocabularies.models import AdminUnit, EthnicGroup, GroupName, Term
from search.engines.elastic import ElasticEngine
from search.engines.registry import engine
from search.indexing.rebuild import rebuild_index
from tests.integration.conftest import ENGINES
from tests.library.language.sentences import VIETNAMESE

from ..searching import fresh

ARCHIPELAGOS = ("Hoàng Sa", "Trường Sa")
COUNTED_ONCE = 1e6  # seconds: nothing of the collection changes here


@pytest.fixture(scope="package")
def starter(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The authorities, the pages and the starter records without their files."""
    folder = tmp_path_factory.mktemp("collections") / "starter"
    shutil.copytree(installed.COLLECTIONS_DIR / "starter", folder, ignore=shutil.ignore_patterns("media"))
    with django_db_blocker.unblock(), transaction.atomic():
        load_authorities()
        load_pages()
        load_words()
        load_starter(folder)
        load_stories()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def embedded_index(starter: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of the embedded index of the starter collection."""
    folder = tmp_path_factory.mktemp("index")
    own = {"SEARCH_INDEX_DIR": folder, "SEARCH_ENGINE": "embedded", "SEARCH_FALLBACKS": [], "PUBLIC_COUNTS_SECONDS": COUNTED_ONCE}
    with override_settings(**own):
        fresh()
        remembered.forget_all()
        rebuild_index("embedded")
        yield folder
        fresh()


@pytest.fixture(scope="package", params=ENGINES)
def site(request: pytest.FixtureRequest, embedded_index: Path) -> Iterator[str]:
    """A site that answers with one engine."""
    if request.param == "embedded":
        yield request.param
        return
    server = {"ELASTICSEARCH_URL": request.getfixturevalue("elasticsearch_url"), "SEARCH_INDEX_PREFIX": f"test-{uuid4().hex[:8]}"}
    with override_settings(SEARCH_ENGINE=request.param, **server):
        fresh()
        rebuild_index(request.param)
        made = engine(request.param)
        assert isinstance(made, ElasticEngine)
        made.refresh()
        yield request.param
        made.delete_all()
        fresh()


@pytest.fixture(scope="package")
def proper_names(starter: None) -> re.Pattern[str]:
    """Proper names and what sources say in their own words, the longest first: they are of no language."""
    units = AdminUnit.objects.values_list("label_vi", flat=True)
    known = {*ARCHIPELAGOS, *(f"{stem} {branch}" for stem in STEMS for branch in BRANCHES)}
    known |= {re.sub(r"^(?:Xã|Phường|Huyện|Quận|Thị trấn|Thị Trấn|Thị xã|Thành phố|Đặc khu) ", "", name) for name in units}
    known |= {*EthnicGroup.objects.values_list("name_vi", flat=True), *GroupName.objects.values_list("name", flat=True)}
    known |= set(Term.objects.filter(vocabulary__code="languages").values_list("label_en", flat=True))
    known |= {name for names in WordList.objects.values_list("variety", "citation") for name in names}
    known |= {*Record.objects.values_list("title_en", flat=True), *map(_variety, Record.objects.filter(record_type="lexeme"))}
    known |= set(Word.objects.values_list("note", flat=True))
    marked = sorted(filter(VIETNAMESE.search, known), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, marked))})(?!\w)")


def _variety(word: Record) -> str:
    return str(stored_values(profile(word.record_type), word.details).get("variety", {}).get("name", ""))
