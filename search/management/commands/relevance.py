"""manage.py relevance: scores the search of this installation on judged queries over its own collection, with a goal beside each."""

import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines.base import EngineUnavailable
from search.engines.registry import engine_names
from search.quality.goals import STARTER_GOALS
from search.quality.judgements import judged_queries, score_collection


class Command(BaseCommand):
    help = "Chấm điểm tìm kiếm của kho này trên các câu tìm đã có đáp án; thoát 1 khi dưới mức."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", default=settings.COLLECTIONS_DIR / "starter" / "queries.tsv")
        parser.add_argument("--json", action="store_true", help="một đối tượng JSON cho máy đọc")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            queries = judged_queries(options["file"])
            scores = {engine_name: score_collection(engine_name, queries) for engine_name in engine_names()}
        except (OSError, ValueError, EngineUnavailable) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(
                json.dumps(
                    {engine_name: {name: s.as_json() for name, s in by_variant.items()} for engine_name, by_variant in scores.items()}
                )
            )
        else:
            for engine_name, by_variant in scores.items():
                self.stdout.write(f"{engine_name}, {len(queries)} queries")
                for name, score in by_variant.items():
                    reached = f"mrr@10 {score.mrr:.3f} (goal {STARTER_GOALS[name]:.2f})"
                    self.stdout.write(f"  {name:<10} {reached}  ndcg@10 {score.ndcg:.3f}  empty {score.empty}")
        if any(score.mrr < STARTER_GOALS[name] for by_variant in scores.values() for name, score in by_variant.items()):
            sys.exit(1)
