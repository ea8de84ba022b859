#!/usr/bin/env bash
# make test = run.sh all; make test-fast = run.sh fast; make coverage = run.sh coverage, which takes half as long again.
# Browser tests run in a process of their own (Playwright's loop). tests/conftest.py orders the files.
# Every service that the tests want is started by the fixtures of tests/services/fixtures.py (each of the two processes its own);
# this only fetches programs.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PYTHONDONTWRITEBYTECODE=1 COVERAGE_FILE=.coverage
pytest=".venv/bin/python -m pytest"
status=0

if [ "${1:-all}" = fast ]; then
  exec $pytest -q -n 2 --dist loadfile --no-loadscope-reorder -m "not service and not browser and not slow" --durations=5
fi

bash tests/services/tools.sh || { status=$?; echo "tools.sh: some programs could not be installed" >&2; [ "${REQUIRE_SERVICES:-}" != 1 ] || exit $status; }
measured=()
if [ "${1:-all}" = coverage ]; then
  measured=(--cov --cov-report= --cov-append)
  rm -f .coverage .coverage.*
fi
export SERVICE_REPORT; SERVICE_REPORT=$(mktemp)
$pytest -n 2 --dist loadfile --no-loadscope-reorder -q -m "not browser" --durations=15 "${measured[@]}" "${@:2}" || status=1
$pytest -n 2 --dist loadfile --no-loadscope-reorder -q -m browser tests/browser --durations=5 "${measured[@]}" || status=1
if [ ${#measured[@]} -gt 0 ]; then
  .venv/bin/python -m coverage combine -q --append 2>/dev/null
  .venv/bin/python -m coverage report --skip-covered | tail -n 25
fi
echo; echo "Services:"
for name in elasticsearch postgres redis s3 toxiproxy nginx chromium; do
  grep -q "^$name" "$SERVICE_REPORT" || printf '%s\tNOT USED by the tests that ran\n' "$name" >> "$SERVICE_REPORT"
done
sort -u "$SERVICE_REPORT" | while IFS=$'\t' read -r name outcome; do
  case $outcome in NOT*) printf '  \033[31m%-14s %s\033[0m\n' "$name" "$outcome" ;; *) printf '  %-14s %s\n' "$name" "$outcome" ;; esac
done
rm -f "$SERVICE_REPORT"
exit $status
