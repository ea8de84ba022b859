"""manage.py search_eval: scores the product's own search on a folder of known queries and answers, over a throw-away index."""

import json
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.asking.question import Knowledge
from search.engines.base import Engine
from search.engines.embedded import EmbeddedEngine
from search.indexing.vocabulary import vocabulary
from search.quality.evaluation import evaluate, learn, load, read_set, search_documents, shipped_names
from search.quality.vectors_of_sets import with_kept_vectors
from search.semantic.installed import embedder, vector_space


class Command(BaseCommand):
    help = "Chấm điểm tìm kiếm trên một bộ câu hỏi đã biết đáp án."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--engine", choices=["embedded", "elasticsearch"], default="embedded")
        parser.add_argument("--variants", default="all", help="all, hoặc tên các biến thể cách nhau bằng dấu phẩy")
        parser.add_argument(
            "--vectors", type=Path, default=settings.VAR_DIR / "vectors-of-sets.sqlite3", help="tệp giữ nghĩa đã đọc, khi tìm theo nghĩa"
        )
        parser.add_argument("--json", action="store_true", help="một đối tượng JSON cho máy đọc")

    def handle(self, *args: Any, **options: Any) -> None:
        variants = None if options["variants"] == "all" else options["variants"].split(",")
        try:
            relevance_set = read_set(options["folder"], variants)
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        with tempfile.TemporaryDirectory() as scratch, _throw_away(options["engine"], Path(scratch)) as engine:
            documents, model = search_documents(relevance_set.documents), embedder()
            load(engine, with_kept_vectors(documents, model, options["vectors"]) if model else documents)
            knowledge = Knowledge(learn(relevance_set.documents, Path(scratch) / "lexicon"), shipped_names(), vocabulary())
            scores = evaluate(engine, relevance_set, knowledge)
        report = {
            "engine": options["engine"],
            "documents": len(relevance_set.documents),
            "queries": len(relevance_set.relevant),
            "variants": {name: score.as_json() for name, score in scores.items()},
        }
        self.stdout.write(json.dumps(report) if options["json"] else _table(report))


@contextmanager
def _throw_away(name: str, folder: Path) -> Iterator[Engine]:
    if name == "embedded":
        yield EmbeddedEngine(folder / "index", (), vector_space())
        return
    if not settings.ELASTICSEARCH_URL:
        raise CommandError("ELASTICSEARCH_URL is not set.")
    from search.engines.elastic import ElasticEngine  # needs an optional package

    engine = ElasticEngine(settings.ELASTICSEARCH_URL, f"eval-{uuid.uuid4().hex[:8]}", (), vector_space())
    try:
        yield engine
    finally:
        engine.delete_all()


def _table(report: dict[str, Any]) -> str:
    lines = [f"{report['engine']}: {report['documents']} documents, {report['queries']} queries"]
    for name, score in report["variants"].items():
        lines.append(f"{name:<12}" + "  ".join(f"{measure} {value}" for measure, value in score.items()))
    return "\n".join(lines)
