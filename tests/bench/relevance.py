"""make relevance: what the search finds, on both engines, with the goal beside each number; ends with 1 where one is missed.

The starter collection against its judged needs, then, where ``../shared/relevance`` is, the Vietnamese retrieval set in every spelling.
With SEARCH_SEMANTIC=1 both are scored with search by meaning, and the set against higher goals; the first run reads its texts, which
takes half an hour or more, and keeps their vectors in ``var``.
Takes Elasticsearch from ELASTICSEARCH_URL, else starts one as the tests do; without it the embedded engine is scored alone, and said so.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.quality.goals import ACCENTED_GOAL, LOSSES, SEMANTIC_LOSS, SEMANTIC_MRR, SEMANTIC_NDCG

ROOT = Path(__file__).resolve().parent.parent.parent
SET = ROOT.parent / "shared" / "relevance" / "viquad1k"
SERVICE = ROOT / "tests" / "services" / "elasticsearch"
SEMANTIC = os.environ.get("SEARCH_SEMANTIC", "") not in ("", "0", "no", "off", "false")
VECTORS = ROOT / "var" / "vectors-of-sets.sqlite3"
MANAGE = [sys.executable, "manage.py"]


def main() -> None:
    """Both collections on both engines."""
    with tempfile.TemporaryDirectory() as folder, _elasticsearch(Path(folder)) as url:
        environment = {**os.environ, "LIBRARY_VAR_DIR": folder, "LOG_LEVEL": "ERROR"}
        engines = ["embedded"]
        if url:
            environment |= {"ELASTICSEARCH_URL": url, "SEARCH_ENGINE": "embedded", "SEARCH_FALLBACKS": "elasticsearch"}
            engines.append("elasticsearch")
        missed = [*_starter(environment), *_retrieval_set(environment, engines)]
    if not url:
        print("\033[31mElasticsearch NOT AVAILABLE: only the embedded engine was scored\033[0m")
    print("missed: " + ", ".join(missed) if missed else "every goal is reached")
    sys.exit(bool(missed))


def _starter(environment: dict[str, str]) -> Iterator[str]:
    for command in (["prepare"], *([["build_vectors"]] if SEMANTIC else []), ["rebuild_index"]):
        subprocess.run([*MANAGE, *command], env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    if subprocess.run([*MANAGE, "relevance"], env=environment, cwd=ROOT, check=False).returncode:
        yield "starter collection"


def _retrieval_set(environment: dict[str, str], engines: list[str]) -> Iterator[str]:
    if not SET.is_dir():
        print(f"\033[31m{SET.name} NOT AVAILABLE: the retrieval set was not scored\033[0m")
        return
    for engine in engines:
        asked = [*MANAGE, "search_eval", str(SET), "--json", "--engine", engine, "--vectors", str(VECTORS)]
        scores = json.loads(subprocess.run(asked, env=environment, cwd=ROOT, check=True, capture_output=True).stdout)["variants"]
        accented = scores["orig"]["mrr@10"]
        print(f"{SET.name}, {engine}\n  {'variant':<12} mrr@10   loss  allowed")
        for variant, found in scores.items():
            loss = 1 - found["mrr@10"] / accented
            allowed = SEMANTIC_LOSS if SEMANTIC and variant == "nodia" else LOSSES.get(variant, 0.0)
            print(f"  {variant:<12} {found['mrr@10']:.4f} {loss:>6.1%} {allowed:>8.1%}")
            if loss > allowed + 1e-9:
                yield f"{variant} on {engine}"
        if accented < (SEMANTIC_MRR if SEMANTIC else ACCENTED_GOAL):
            yield f"full marks on {engine}"
        if SEMANTIC and scores["orig"]["ndcg@10"] < SEMANTIC_NDCG:
            yield f"nDCG@10 of full marks on {engine}"


@contextmanager
def _elasticsearch(folder: Path) -> Iterator[str]:
    """An address: the one given, or of a server started for this run; empty where there is none."""
    if given := os.environ.get("ELASTICSEARCH_URL"):
        yield given
        return
    folder.chmod(0o755)  # the server runs as another user where this runs as root
    run = folder / "elasticsearch"
    started = subprocess.run([str(SERVICE / "start.sh"), str(run)], check=False, stdout=subprocess.PIPE, text=True)
    try:
        yield started.stdout.split()[-1] if started.returncode == 0 else ""
    finally:
        subprocess.run([str(SERVICE / "stop.sh"), str(run)], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
