"""``python -m media_pipeline.processes.children NAME REQUEST ANSWER``: one task from a JSON file, its result into another.

The answer appears under its name only when it is complete; an error is an answer too.
"""

import importlib
import json
import sys
from pathlib import Path

from .errors import ChildError

WORK = {"probe_picture", "probe_pdf", "sound_chunks", "picture", "tiles", "pages", "scan", "peaks", "sheet"}


def main() -> int:
    """Do the work and write the answer; 0 when there is one."""
    name, request, answer = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    if name not in WORK:
        return 2
    module = importlib.import_module(f"media_pipeline.processes.children.{name}")
    try:
        result = module.work(json.loads(request.read_text("utf-8")))
    except ChildError as error:
        result = {"error": error.kind, "code": error.code, "detail": error.detail}
        sys.stderr.write(f"{error!r}\n")
    unfinished = answer.with_suffix(".part")
    unfinished.write_text(json.dumps(result), "utf-8")
    unfinished.replace(answer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
