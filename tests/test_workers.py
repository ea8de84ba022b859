"""Two workers of the suite share nothing: each has folders of its own, whatever its environment says."""

import os
import subprocess
import sys
from pathlib import Path

PRINT_FOLDER = "import library.settings.test as own; print(own.VAR_DIR)"


def _folder(**variables: str) -> Path:
    environment = {**os.environ, **variables}
    output = subprocess.run([sys.executable, "-c", PRINT_FOLDER], env=environment, check=True, capture_output=True, text=True)
    return Path(output.stdout.strip())


def test_each_worker_has_a_folder_of_its_own_and_shares_it_with_what_it_starts(tmp_path):
    started = {"LIBRARY_VAR_DIR": str(tmp_path), "LIBRARY_TEST_WORKER": "gw7"}
    assert _folder(**started, PYTEST_XDIST_WORKER="gw7") == tmp_path
    assert tmp_path not in (other := _folder(**started, PYTEST_XDIST_WORKER="gw8")).parents
    assert other != tmp_path
