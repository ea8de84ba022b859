"""The locks install on any day: what is required with an extra is pinned with it.

pip takes ``x[extra]`` for another thing than the pinned ``x``; as soon as a newer ``x`` is published, an install with hashes refuses.
"""

import re
from collections.abc import Collection
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = Path(__file__).resolve().parent.parent / "requirements"
PINNED = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[([^]]*)\])?==", re.MULTILINE)


def _needed(pinned: Collection[str]) -> dict[str, set[str]]:
    """Name → extras that one of the pinned packages asks of it, as far as they are installed."""
    needed: dict[str, set[str]] = {}
    for each in distributions():
        for line in (each.requires or []) if canonicalize_name(each.name) in pinned else []:
            asked = Requirement(line)
            if asked.extras and (asked.marker is None or asked.marker.evaluate({"extra": ""})):
                needed.setdefault(canonicalize_name(asked.name), set()).update(asked.extras)
    return needed


@pytest.mark.parametrize("lock", ["run.txt", "server.txt", "semantic.txt", "dev.txt"])
def test_extras_are_pinned_with_their_packages(lock: str):
    pinned = {canonicalize_name(name): set(extras.split(",")) for name, extras in PINNED.findall((LOCKS / lock).read_text())}
    needed = _needed(pinned)
    assert needed, "nothing asks for an extra: this test sees nothing"
    assert {name: extras for name, extras in needed.items() if name in pinned and not extras <= pinned[name]} == {}


def test_the_size_of_the_first_download_is_told_the_same_everywhere():
    told = re.search(r'DOWNLOAD_MB = \{"run": (\d+)', (LOCKS.parent / "run.py").read_text())
    assert told
    assert f"about {told.group(1)} MB" in (LOCKS.parent / "README.md").read_text()
