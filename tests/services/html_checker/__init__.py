"""The Nu Html Checker: what is wrong with pages of HTML. tests/services/tools.sh fetches it."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.services.fixtures import note

NAME = "html-checker"
#: A default script in a language tag is no fault: we name the script of every foreign passage (domain handbook, section 11).
ALLOWED = "should omit the default script"


def html_faults(pages: dict[str, str], folder: Path) -> dict[str, list[str]]:
    """Name → page in HTML; returns name → its errors and warnings, with the place, for pages that have any. Skips where it is not there."""
    tools = Path(os.environ.get("TOOLS", Path.home() / ".cache/library-tools"))
    jar = next(tools.glob("html-checker/node_modules/vnu-jar/**/vnu.jar"), None)
    java = shutil.which("java")
    if jar is None or java is None:
        note(NAME, "NOT AVAILABLE: needs java, and npm in tests/services/tools.sh")
        pytest.skip("the Nu Html Checker is not on this machine; no page was checked")
    names = {}
    for number, (name, page) in enumerate(pages.items()):
        (folder / f"{number}.html").write_text(page, encoding="utf-8")
        names[f"{number}.html"] = name
    command = [java, "-jar", str(jar), "--format", "json", "--exit-zero-always", *(str(folder / file) for file in names)]
    report = json.loads(subprocess.run(command, capture_output=True, check=True, timeout=600).stderr)
    note(NAME, "used")
    faults: dict[str, list[str]] = {}
    for fault in report["messages"]:
        if ALLOWED not in fault["message"]:
            told = f"{fault['message']} ({' '.join(fault.get('extract', '').split())})"
            faults.setdefault(names[Path(fault["url"]).name], []).append(told)
    return faults
