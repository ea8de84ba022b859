"""The documents say what is true: their paths, commands, settings and numbers are held against the code."""

import csv
import re
from importlib import import_module
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

from tests.measures import PACKAGES, source_files

PROJECT = Path(__file__).resolve().parent.parent
DOCUMENTS = [PROJECT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "collections/README.md")]
DOCUMENTS += sorted((PROJECT / "docs").rglob("*.md"))
ROOTS = (*PACKAGES, "templates", "tests", "docs", "requirements", "collections")
CODE = re.compile(r"`([^`\n]+)`")


def _rows(name: str) -> int:
    with (PROJECT / "collections" / name).open(encoding="utf-8-sig", newline="") as file:
        return sum(1 for _row in csv.DictReader(file))


def _text(name: str) -> str:
    return " ".join((PROJECT / name).read_text(encoding="utf-8").split())


@pytest.fixture(params=DOCUMENTS, ids=lambda path: str(path.relative_to(PROJECT)))
def document(request: pytest.FixtureRequest) -> str:
    return request.param.read_text(encoding="utf-8")


def test_every_path_that_is_named_is_there(document: str):
    paths = {path for path in CODE.findall(document) if re.fullmatch(rf"(?:{'|'.join(ROOTS)})/[\w./*-]*", path)}
    assert sorted(path for path in paths if not list(PROJECT.glob(path.rstrip("/")))) == []


def test_every_link_leads_somewhere(request: pytest.FixtureRequest, document: str):
    folder = request.node.callspec.params["document"].parent
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", document) if not re.match(r"[a-z]+:", link)]
    assert [link for link in links if link and not (folder / link).exists()] == []


def test_every_command_that_is_named_exists(document: str):
    commands = set(re.findall(r"manage\.py ([a-z_]{3,})", document))
    targets = set(re.findall(r"(?:`|^\s{4})make ([a-z-]+)", document, re.MULTILINE))
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    assert commands - set(get_commands()) == set()
    assert [target for target in targets if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []


def test_every_dotted_name_can_be_imported(document: str):
    for name in CODE.findall(document):
        if re.fullmatch(rf"(?:{'|'.join(PACKAGES)})(?:\.[A-Za-z_]+)+", name) and name.rpartition(".")[2] not in {"py", "md"}:
            module, _dot, attribute = name.rpartition(".")
            assert _importable(name) or hasattr(import_module(module), attribute), name


def _importable(name: str) -> bool:
    try:
        import_module(name)
    except ModuleNotFoundError:
        return False
    return True


def test_every_variable_of_the_environment_is_documented_and_every_documented_one_is_read():
    read = set()
    for path in (PROJECT / "library/settings").glob("*.py"):
        read |= set(re.findall(r'env\.\w+\(\s*"([A-Z0-9_]+)"', path.read_text()))
    documented = set(re.findall(r"^\| `([A-Z0-9_]+)`", (PROJECT / "docs/settings.md").read_text(), re.MULTILINE))
    assert read == documented


def test_every_word_of_the_glossary_is_a_word_of_the_code():
    """A whole identifier, or a whole part of one: ``fold`` is not held by ``folder``."""
    texts = [path.read_text(encoding="utf-8") for path in [*source_files(), *(PROJECT / "collections/profiles").glob("*.yaml")]]
    identifiers = {name for text in texts for name in re.findall(r"[A-Za-z_][A-Za-z0-9_]*", text)}
    parts = {part for name in identifiers for part in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)}
    known = {name.lower() for name in identifiers | parts} | {_snake(name) for name in identifiers}
    words = re.findall(r"^\| .* \| `([A-Za-z_]+)` \|", (PROJECT / "docs/glossary.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(words) > 70
    assert [word for word in words if word.lower() not in known and not _inside(word, identifiers)] == []


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _inside(word: str, identifiers: set[str]) -> bool:
    """Whether some identifier holds the word between its own parts: ``lease`` in ``lease_seconds``, ``text_track`` in ``TextTrack``."""
    part = re.compile(rf"(?:^|_){word.lower()}(?:s|es)?(?:_|$)")
    return any(part.search(_snake(name)) for name in identifiers)


def test_broad_exceptions_are_caught_in_the_three_places_that_are_named():
    catching = {str(path.relative_to(PROJECT)) for path in source_files() if re.search(r"except Exception\b", path.read_text())}
    assert catching == {"media_pipeline/jobs/runner.py", "search/indexing/outbox.py", "background/loop.py"}
    assert "the job runner, the outbox, the loop of background work" in _text("docs/architecture.md")


def test_the_changelog_counts_what_is_there():
    from tests.library.access_matrix import LEVELS
    from tests.library.test_entry_points import ENTRY_POINTS

    text = _text("CHANGELOG.md")
    assert f"{len(ENTRY_POINTS)} entry points, 9 kinds of reader, {len(LEVELS)} levels" in text
    assert f"{_rows('vocabularies/ethnic_groups.csv')} groups" in text
    provinces = _rows("vocabularies/provinces_2025.csv"), _rows("vocabularies/province_changes_2025.csv")
    assert f"{provinces[0]} + {provinces[1]} provinces" in text
    assert f"{_rows('vocabularies/communes_2025.csv'):,} communes" in text
    assert f"{_rows('starter/media_plan.csv')} honest machine-made files" in text


def test_the_numbers_of_rows_in_the_collections_are_those_of_the_files():
    text = (PROJECT / "collections/README.md").read_text(encoding="utf-8")
    folder, wrong = "", []
    for line in text.splitlines():
        folder = match[1] if (match := re.fullmatch(r"## (\w+)/", line)) else folder
        names, _bar, rest = line.removeprefix("| ").partition(" | ")
        files, counts = re.findall(r"`(\w+\.csv)`", names), rest.partition(" | ")[0].replace(",", "").split()
        if len(counts) == len(files) and all(count.isdecimal() for count in counts):
            wrong += [(file, count) for file, count in zip(files, counts, strict=True) if _rows(f"{folder}/{file}") != int(count)]
    assert wrong == []


def test_passwords_and_the_lock_are_as_the_security_page_says():
    text = _text("docs/security.md")
    lengths = [each["OPTIONS"]["min_length"] for each in settings.AUTH_PASSWORD_VALIDATORS if "OPTIONS" in each]
    assert lengths == [10] and "Passwords** need ten characters" in text
    assert (settings.AXES_FAILURE_LIMIT, settings.AXES_COOLOFF_TIME) == (8, 1) and "eight wrong tries lock" in text
    assert settings.AXES_LOCKOUT_PARAMETERS == [["username", "ip_address"]] and "the name together with the address" in text


def test_files_close_within_the_minute_that_the_security_page_names():
    from media_pipeline.delivery import file_view, policy

    assert policy.DECISION_SECONDS + max(file_view.PUBLIC_SECONDS, file_view.SHARED_SECONDS) <= 60
    assert "its files within a minute" in _text("docs/security.md")


def test_only_the_admin_is_excepted_from_the_content_policy():
    policy = settings.CONTENT_SECURITY_POLICY
    assert all(prefix.endswith("/admin/") for prefix in policy["EXCLUDE_URL_PREFIXES"])
    assert not {"'unsafe-inline'", "'unsafe-eval'"} & {source for sources in policy["DIRECTIVES"].values() for source in sources}


def test_the_compose_file_is_one():
    assert {"postgres", "elasticsearch", "redis"} <= set(yaml.safe_load((PROJECT / "compose.yaml").read_text())["services"])


def test_compiled_requirements_name_no_registry():
    for lock in (PROJECT / "requirements").glob("*.txt"):
        assert "://" not in re.sub(r"#.*", "", lock.read_text())
