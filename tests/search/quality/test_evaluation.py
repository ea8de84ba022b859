"""The scores of search_eval on sets whose scores are known by hand."""

import json
from io import StringIO
from math import log2
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.small_model import switch_off, switch_on

pytestmark = pytest.mark.django_db  # names of peoples and places are looked up


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three documents, two queries: one answered first, one whose document holds half of its words."""
    rows = [
        {"_id": "a", "title": "", "text": "lễ hội Gầu Tào"},
        {"_id": "b", "title": "", "text": "lễ hội"},
        {"_id": "c", "title": "", "text": "dệt lanh"},
    ]
    queries = [{"_id": "1", "text": "lễ hội Gầu Tào"}, {"_id": "2", "text": "nghề dệt"}, {"_id": "3", "text": "zzzz"}]
    (tmp_path / "corpus.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (tmp_path / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)))
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n1\tb\t1\n2\tc\t1\n3\ta\t1\n")
    (tmp_path / "variants").mkdir()
    (tmp_path / "variants" / "nodia.jsonl").write_text(json.dumps({"_id": "1", "text": "le hoi gau tao", "changed": True}))
    return tmp_path


def run(folder: Path, *options: str) -> dict:
    out = StringIO()
    call_command("search_eval", str(folder), "--json", *options, stdout=out)
    return json.loads(out.getvalue())


def test_scores_are_those_computed_by_hand(folder: Path) -> None:
    report = run(folder)
    assert (report["engine"], report["documents"], report["queries"]) == ("embedded", 3, 3)
    score = report["variants"]["orig"]
    assert score["mrr@10"] == round((1 / 2 + 1) / 3, 4)
    assert score["ndcg@10"] == round((1 / log2(3) + 1) / 3, 4)
    assert score["recall@100"] == round(2 / 3, 4)
    assert score["empty"] == 1
    assert set(report["variants"]) == {"orig", "nodia"}


def test_variants_may_be_named(folder: Path) -> None:
    assert set(run(folder, "--variants", "nodia")["variants"]) == {"nodia"}


def test_an_unknown_variant_or_folder_is_refused(folder: Path) -> None:
    with pytest.raises(CommandError, match="khac"):
        run(folder, "--variants", "khac")
    with pytest.raises(CommandError):
        run(folder / "không-có")


@pytest.mark.service("elasticsearch")
def test_elasticsearch_scores_the_same_set(folder: Path, elasticsearch_url: str, settings) -> None:
    settings.ELASTICSEARCH_URL = elasticsearch_url
    assert run(folder, "--engine", "elasticsearch")["variants"]["orig"]["mrr@10"] == run(folder)["variants"]["orig"]["mrr@10"]


def test_search_by_meaning_is_scored_too_and_its_texts_are_read_once(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    model = switch_on(monkeypatch, settings)
    try:
        for passages_read in (3, 0):
            model.read.clear()
            run(folder, "--variants", "orig", "--vectors", str(tmp_path / "vectors.sqlite3"))
            assert len([text for text in model.read if text in ("lễ hội Gầu Tào", "lễ hội", "dệt lanh")]) == passages_read
    finally:
        switch_off()
